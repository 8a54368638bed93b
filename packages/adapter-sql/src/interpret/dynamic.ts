/** DDL that is put together at run time: what it may create or change is said in gaps. */
import { ALL_KINDS, formatAddress, type Kind, type Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { functionsCalledIn, type Name, nameFrom } from "../tree.js";
import type { Session } from "./session.js";

const CONSTRAINTS: readonly Kind[] = ["check", "foreignKey", "unique", "primaryKey", "exclusion"];
const WORDS: readonly (readonly [RegExp, readonly Kind[]])[] = [
	[/\b(create|drop)\s+(unlogged\s+|foreign\s+)?table\b/i, ["table"]],
	[/\b(create|alter|drop)\s+policy\b/i, ["policy"]],
	[/\brow\s+level\s+security\b/i, ["policy"]],
	[/\b(create|drop|enable|disable)\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i, ["trigger"]],
	[/\bindex\b/i, ["index", "unique"]],
	[/\bconstraint\b/i, CONSTRAINTS],
	[/\b(add|drop|alter|rename)\s+column\b/i, ["column"]],
	[/\b(create|drop|alter)\s+type\b/i, ["enum", "composite"]],
	[/\b(create|drop|replace)\s+(materialized\s+)?view\b/i, ["view"]],
	[/\b(create|drop|replace|alter)\s+(function|procedure)\b/i, ["function"]],
	[/\b(create|drop|alter)\s+sequence\b/i, ["sequence"]],
	[/\b(create|drop)\s+extension\b/i, ["extension"]],
];

/** The kinds that a text of unknown effect may change; empty: any. */
export function kindsIn(text: string): Kind[] {
	const kinds = new Set(WORDS.flatMap(([word, found]) => (word.test(text) ? found : [])));
	return ALL_KINDS.filter((kind) => kinds.has(kind));
}

const UNCOMPARED =
	/\balter\s+table\b[^;]*?\b(?:set\s*\(|reset\s*\(|owner\s+to|replica\s+identity|cluster\s+on|set\s+(?:logged|unlogged|tablespace|statistics|storage)|attach\s+partition|(?:enable|disable)\s+trigger)|\bcreate\s+temp(?:orary)?\s+table\b|\bexecute\s+(?:function|procedure)\b/gi;

/** The text without comments and without what changes nothing that is compared. */
function telling(text: string): string {
	return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ").replace(UNCOMPARED, " ");
}

/**
 * Notes gaps for a text of unknown effect: for what it may create anywhere, and for each table that it names and may change.
 * None where it surely changes nothing that is compared.
 * @param around the text in which the names of tables may stand
 */
export function dynamicGap(session: Session, text: string, why: string, at: Origin, around = text): void {
	const words = telling(text);
	const kinds = kindsIn(words);
	const ddl = /\b(create|alter|drop)\b/i.test(words);
	if (
		kinds.length === 0 &&
		!ddl &&
		/\b(grant|revoke|insert|update|delete|select|perform|raise)\b/i.test(text)
	)
		return;
	session.gap({ under: "*", kinds, why, at });
	if (kinds.length === 0 || kinds.includes("table")) session.mayCreate ??= at;
	if (!/\b(?:drop|rename|alter\s+column|alter\s+type|set\s+schema)\b/i.test(words)) return;
	const changed = /\bdrop\s+table\b|\brename\b|\bset\s+schema\b/i.test(words) ? [] : kinds;
	for (const table of tablesNamedIn(session, telling(around))) {
		session.gap({
			under: formatAddress("table", table.schema, table.name),
			kinds: changed,
			why,
			at,
			mayChange: true,
		});
		if (changed.length === 0 || changed.includes("column")) table.incomplete ??= { value: why, at };
	}
}

const PART = `(?:"[^"]+"|[A-Za-z_][\\w$]*)`;
const MENTION = new RegExp(
	`'((?:${PART}\\.)?${PART})'|\\b(?:table(?:\\s+if\\s+exists)?(?:\\s+only)?|on)\\s+((?:${PART}\\.)?${PART})`,
	"gi",
);

/** The tables that a text names: in a string literal of their own, after TABLE or after ON. */
function tablesNamedIn(session: Session, text: string): Set<Table> {
	const found = new Set<Table>();
	for (const [, literal, mention] of text.matchAll(MENTION)) {
		const relation = session.catalog.relation(writtenName(literal ?? mention ?? ""));
		if (relation?.kind === "table") found.add(relation);
	}
	return found;
}

function writtenName(text: string): Name {
	return nameFrom(
		text.split(".").map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase())),
	);
}

const BODY_DDL =
	/\b(?:create|alter|drop)\s+(?:or\s+replace\s+)?(?:unlogged\s+|unique\s+|materialized\s+|foreign\s+|constraint\s+)*(?:table|index|view|type|domain|sequence|schema|function|procedure|trigger|policy|extension)\b|\bexecute\b/i;

/** Functions of the scripts that a statement calls and whose bodies hold DDL: what they do depends on execution. */
export function callGaps(session: Session, statement: Statement, node: Node): void {
	for (const name of functionsCalledIn(node)) {
		const body = bodiesOf(session, name, new Set());
		if (!BODY_DDL.test(telling(body))) continue;
		const why = `the function ${name.name} is called, whose effect depends on execution`;
		dynamicGap(session, `${body}\n${statement.sql}`, why, statement.at);
	}
}

/** The bodies of a function of the scripts and of those that it calls. */
function bodiesOf(session: Session, name: Name, seen: Set<string>): string {
	if (seen.has(name.name)) return "";
	seen.add(name.name);
	const own = session.catalog.routines(name).map((routine) => routine.text ?? "");
	const called = own.flatMap((body) =>
		[...body.matchAll(/\b(?:perform|call|select)\s+(?:\w+\.)?(\w+)\s*\(/gi)].map(([, callee]) =>
			bodiesOf(session, { name: callee ?? "" }, seen),
		),
	);
	return [...own, ...called].join("\n");
}
