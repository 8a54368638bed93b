/** What the session met, as the snapshot's gaps and diagnostics. */
import {
	ALL_KINDS,
	formatAddress,
	kindDefinition,
	type Origin,
	type SnapshotBuilder,
} from "@schemalign/core";
import type { Table } from "../catalog/objects.js";
import type { Elsewhere } from "../discovery/prisma-external.js";
import type { Item } from "../script/read.js";
import { Ahead, type ReadScript } from "./ahead.js";
import { dynamicGap } from "./dynamic.js";
import { isAuthenticationTable } from "./platform.js";
import { writtenCreation } from "./rejected.js";
import { reportHistory } from "./report-history.js";
import type { Failure, Session } from "./session.js";
import { uncertain } from "./uncertain.js";

export function reportSession(
	builder: SnapshotBuilder,
	session: Session,
	scripts: readonly ReadScript[],
	elsewhere?: Elsewhere,
): void {
	const ahead = new Ahead(scripts, session);
	for (const [index, failure] of session.failures.entries()) {
		reportFailure(builder, failure, ahead, index === 0);
	}
	reportPresupposed(builder, session, elsewhere);
	reportHistory(builder, session);
	for (const diagnostic of session.diagnostics) builder.diagnostic(diagnostic);
	for (const gap of session.gaps) builder.gap(gap);
	reportUnmodelled(builder, session);
}

/** Notes the gap of a text that is no statement: one with placeholders, or a command of psql. */
export function unread(session: Session, item: Exclude<Item, { is: "statement" | "rejected" }>): void {
	if (item.is === "meta") metaCommand(session, item);
	else placeholder(session, item);
}

function placeholder(session: Session, item: Extract<Item, { is: "placeholder" }>): void {
	const creates = writtenCreation(item.sql);
	if (creates?.kind !== "table") {
		dynamicGap(session, item.sql, `the statement contains the placeholder ${item.placeholder}`, item.at);
		return;
	}
	session.mayCreate ??= item.at;
	session.gap({
		under: formatAddress("table", session.catalog.schemaFor(creates), creates.name),
		kinds: [],
		why: `its definition contains the placeholder ${item.placeholder}`,
		at: item.at,
	});
}

/** Notes what an item may do that may not run. */
export function doubted(session: Session, item: Item, why: string): void {
	if (item.is === "statement") uncertain(session, item.statement, why);
	else dynamicGap(session, item.sql, why, item.at);
}

/** psql's own commands change nothing, save those that run other text. */
function metaCommand(session: Session, item: Extract<Item, { is: "meta" }>): void {
	const [command = "", ...rest] = item.sql.split(/\s+/);
	if (/^\\(?:i|ir|include|include_relative)$/.test(command)) {
		session.mayCreate ??= item.at;
		session.gap({
			under: "*",
			kinds: [],
			why: `${rest.join(" ")} is included by psql and not read here`,
			at: item.at,
		});
	} else if (command === "\\gexec") {
		dynamicGap(session, item.before, "\\gexec runs text that is only known at run time", item.at);
	}
}

/** The first failure is where a run stops: what it costs is told there. */
function reportFailure(builder: SnapshotBuilder, failure: Failure, ahead: Ahead, isFirst: boolean): void {
	const { at, sqlstate, message, lost, followers } = failure;
	const related = [...failure.related, ...followers];
	const never = isFirst ? ahead.neverCreated(at) : "";
	const later = failure.related.find((one) => ahead.isAfter(one.at, at));
	builder.diagnostic({
		code: "definition-cannot-run",
		severity: "critical",
		message: `Postgres rejects this statement: ${message} (SQLSTATE ${sqlstate}); ${lost}${never && `; ${never}`}`,
		why: ahead.notRun(at),
		help: later ? reordered(at, later.at) : "Correct the statement, or take it out of the run.",
		at,
		...(related.length > 0 ? { related } : {}),
	});
}

/** What a statement needs is created after it: the scripts run in another order only. */
function reordered(at: Origin, later: Origin): string {
	return at.file === later.file
		? `Move what line ${later.line} creates before line ${at.line}: the file only runs in another order.`
		: `Run ${later.file} before ${at.file}, or move what it creates at line ${later.line} there: the files only run in another order.`;
}

/** A source that creates most of what it uses lacks the rest; one that does not stands on tables made elsewhere. */
function reportPresupposed(builder: SnapshotBuilder, session: Session, elsewhere?: Elsewhere): void {
	const presupposed = [...session.presupposed.values()].filter(({ table }) => table.presupposed);
	const declared = presupposed.filter(({ table }) => isDeclared(table, elsewhere));
	if (elsewhere && declared.length > 0) reportDeclared(builder, declared, elsewhere);
	const missing = presupposed.filter((one) => !declared.includes(one));
	if (missing.length === 0) return;
	const created = [...session.catalog.tables()].filter((table) => !table.presupposed).length;
	const inDoubt = missing.every(({ table }) => isAuthenticationTable(table.name));
	if (!inDoubt && created >= 3 * missing.length && created >= 3) {
		for (const { table, uses } of missing) {
			const [first, ...others] = uses;
			if (!first) continue;
			builder.diagnostic({
				code: "definition-cannot-run",
				severity: "critical",
				address: formatAddress("table", table.schema, table.name),
				message: `Postgres rejects this statement: relation "${table.name}" does not exist (SQLSTATE 42P01); nothing in this source creates it`,
				why: "On an empty database the run stops here. The facts reported are those that would hold if the table were there.",
				help: `Create ${table.name} before it is used, or state where it comes from.`,
				at: first.at,
				...(others.length > 0 ? { related: others } : {}),
			});
		}
		return;
	}
	const first = missing[0]?.uses[0];
	if (!first) return;
	const names = missing.map(({ table }) =>
		table.schema === "public" ? table.name : `${table.schema}.${table.name}`,
	);
	// What makes these tables may make others, and types, views and functions: silence about such says nothing.
	const kinds = ALL_KINDS.filter((kind) => kindDefinition(kind).within !== "table");
	builder.gap({ under: "*", kinds, why: "it stands on a schema that something else creates", at: first.at });
	builder.diagnostic({
		code: "altered-but-never-created",
		// A script of triggers or policies alone is made to be run on a schema.
		severity: created === 0 && missing.every(isOnlyAttachedTo) ? "info" : "medium",
		message: `${names.length === 1 ? "A table is" : `${names.length} tables are`} used here but created nowhere in this source: ${names.join(", ")}`,
		why: "These scripts stand on tables that something else creates; run on an empty database they fail.",
		help: "Run them after what creates the tables, or add the creation to this source.",
		at: first.at,
		related: missing.flatMap(({ uses }) => uses.slice(0, 3)).slice(1, 20),
	});
}

/** A table that the scripts use and nothing in them creates. */
interface Presupposed {
	readonly table: Table;
	readonly uses: readonly { readonly at: Origin; readonly note: string }[];
}

function isDeclared({ schema, name }: Table, elsewhere: Elsewhere | undefined): boolean {
	return (elsewhere?.tables ?? []).some(
		(one) => one === `${schema}.${name}` || (one === name && schema === "public"),
	);
}

/** Tables that the tool's configuration leaves to something else. */
function reportDeclared(
	builder: SnapshotBuilder,
	declared: readonly Presupposed[],
	{ file }: Elsewhere,
): void {
	const [first] = declared;
	const [use] = first?.uses ?? [];
	if (!first || !use) return;
	for (const { table } of declared) {
		const under = formatAddress("table", table.schema, table.name);
		builder.gap({ under, kinds: [], why: `${file} leaves it to something else`, at: use.at });
	}
	const names = declared.map(({ table }) =>
		table.schema === "public" ? table.name : `${table.schema}.${table.name}`,
	);
	builder.diagnostic({
		code: "altered-but-never-created",
		severity: "info",
		message: `${names.length === 1 ? "A table is" : `${names.length} tables are`} used here and left to something else by ${file}: ${names.join(", ")}`,
		why: "Whatever creates them has to run before these migrations.",
		help: "Nothing needs to be done.",
		at: use.at,
		related: declared.flatMap(({ uses }) => uses.slice(0, 3)).slice(1, 20),
	});
}

function isOnlyAttachedTo({ table }: { readonly table: Table }): boolean {
	return table.columns.size + table.indexes.length + table.constraints.length === 0;
}

function reportUnmodelled(builder: SnapshotBuilder, session: Session): void {
	const entries = [...session.unmodelled];
	const first = entries[0]?.[1][0];
	if (!first) return;
	const list = entries.map(([what, places]) => (places.length === 1 ? what : `${places.length} × ${what}`));
	builder.diagnostic({
		code: "not-compared",
		severity: "info",
		message: `Statements about objects that are not compared: ${list.join(", ")}`,
		at: first,
		related: entries
			.flatMap(([what, places]) => places.slice(0, 5).map((at) => ({ at, note: what })))
			.slice(0, 20),
	});
}
