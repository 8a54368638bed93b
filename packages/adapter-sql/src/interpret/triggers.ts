/** CREATE TRIGGER. */

import type { CreateTrigStmt } from "libpg-query";
import type { Table, Trigger } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { nameOf, relationName, textsOf } from "../tree.js";
import { Rejection, type Session, written } from "./session.js";

/** Bits of `timing` and `events` (trigger.h). */
const BEFORE = 2;
const INSTEAD = 64;
const EVENTS = [
	[4, "insert"],
	[8, "delete"],
	[16, "update"],
	[32, "truncate"],
] as const;

export function createTrigger(session: Session, statement: Statement, stmt: CreateTrigStmt): void {
	const name = relationName(stmt.relation);
	if (session.isTemporary(name)) return;
	const found = session.catalog.relation(name);
	const relation = found?.kind === "view" ? found : session.table(name, statement, statement.at);
	const own = stmt.trigname ?? "";
	const existing = relation.triggers.get(own);
	if (existing && !stmt.replace) {
		throw new Rejection("42710", `trigger "${own}" for relation "${relation.name}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const timing = stmt.timing ?? 0;
	const columns = textsOf(stmt.columns);
	const trigger: Trigger = {
		name: own,
		at: statement.at,
		timing: (timing & BEFORE) !== 0 ? "before" : (timing & INSTEAD) !== 0 ? "instead of" : "after",
		events: EVENTS.filter(([bit]) => ((stmt.events ?? 0) & bit) !== 0).map(([, event]) =>
			event === "update" && columns.length > 0 ? `update of ${[...columns].sort().join(", ")}` : event,
		),
		level: stmt.row ? "row" : "statement",
		...triggerFunction(session, stmt),
		...(stmt.whenClause ? { condition: stmt.whenClause } : {}),
	};
	if (stmt.isconstraint || stmt.transitionRels?.length) {
		session.notModelled("deferrability and transition tables of triggers", statement.at);
	}
	relation.triggers.set(own, trigger);
	if (relation.kind !== "table" || !relation.partitionKey || trigger.level !== "row") return;
	spreadTrigger(relation, trigger);
}

/** A row trigger of a partitioned table is made on its partitions too. */
function spreadTrigger(table: Table, trigger: Trigger): void {
	for (const child of table.children) {
		if (child.partitionOf?.value !== table) continue;
		child.triggers.set(trigger.name, { ...trigger });
		spreadTrigger(child, trigger);
	}
}

function triggerFunction(
	session: Session,
	stmt: CreateTrigStmt,
): Pick<Trigger, "routine" | "calls" | "args"> {
	const name = nameOf(stmt.funcname);
	const routine = session.catalog.routines(name).find((candidate) => candidate.args.length === 0);
	const later = routine ? undefined : session.forecast.routineCreatedLater(name, session.order);
	if (later) {
		throw new Rejection("42883", `function ${written(name)}() does not exist`, [
			{ at: later, note: "created only here" },
		]);
	}
	return {
		...(routine ? { routine } : {}),
		calls: `${name.schema ?? "public"}.${name.name}`,
		args: textsOf(stmt.args)
			.map((arg) => `'${arg.replaceAll("'", "''")}'`)
			.join(", "),
	};
}
