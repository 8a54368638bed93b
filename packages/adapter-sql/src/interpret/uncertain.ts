/** Statements of which it is only known at run time whether they run: what they would change is said in gaps. */
import { formatAddress } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { itemsOf, type Name, nameFrom, nameOf, textsOf } from "../tree.js";
import { kindsIn } from "./dynamic.js";
import type { Session } from "./session.js";

const DATA =
	/^(?:Select|Insert|Update|Delete|Merge|Transaction|VariableSet|VariableShow|Explain|Truncate|Lock|Copy|Refresh)/;

/**
 * Notes what `statement` may have done, without doing it: each table that it names may be another since then, and what
 * it creates may be there.
 */
export function uncertain(session: Session, statement: Statement, why: string): void {
	const { node, at } = statement;
	if (DATA.test(Object.keys(node)[0] ?? "")) return;
	if ("CreateStmt" in node || "CreateTableAsStmt" in node || "DoStmt" in node || renamesTable(node)) {
		session.mayCreate ??= at;
	}
	let named = false;
	for (const name of namedIn(session, node)) {
		const relation = session.catalog.relation(name);
		if (relation && relation.kind !== "table") continue;
		named = true;
		const schema = relation?.schema ?? session.catalog.schemaFor(name);
		session.gap({ under: formatAddress("table", schema, name.name), kinds: [], why, at, mayChange: true });
		if (relation) relation.incomplete ??= { value: why, at };
	}
	if (!named) session.gap({ under: "*", kinds: kindsIn(statement.sql), why, at, mayChange: true });
}

function renamesTable(node: Node): boolean {
	return "RenameStmt" in node && node.RenameStmt.renameType === "OBJECT_TABLE";
}

/** The relations that a statement changes: tables that a foreign key only points to are not among them. */
function namedIn(session: Session, node: Node): Name[] {
	if (!("DropStmt" in node)) return changedIn(node);
	const { objects = [], removeType } = node.DropStmt;
	return objects.flatMap((object) => {
		if (removeType === "OBJECT_TRIGGER" || removeType === "OBJECT_POLICY") {
			return [nameFrom(textsOf(itemsOf(object)).slice(0, -1))];
		}
		if (removeType === "OBJECT_TYPE" || removeType === "OBJECT_SCHEMA") return [];
		const name = nameOf(itemsOf(object));
		const relation = session.catalog.relation(name);
		return relation?.kind === "index"
			? [{ schema: relation.table.schema, name: relation.table.name }]
			: [name];
	});
}

function changedIn(tree: unknown): Name[] {
	if (Array.isArray(tree)) return tree.flatMap(changedIn);
	if (typeof tree !== "object" || tree === null) return [];
	if ("relname" in tree && typeof tree.relname === "string") {
		const schema = "schemaname" in tree && typeof tree.schemaname === "string" ? tree.schemaname : undefined;
		return [schema === undefined ? { name: tree.relname } : { schema, name: tree.relname }];
	}
	return Object.entries(tree).flatMap(([key, value]) => (key === "pktable" ? [] : changedIn(value)));
}
