/** Functions whose result may change: Postgres refuses them in index expressions, predicates and generated columns. */
import type { Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Table, View } from "../catalog/objects.js";
import { functionsIn, isNode, nameFrom, nameOf, textOf, walkTree } from "../tree.js";
import { Rejection, type Session } from "./session.js";

/** STABLE or VOLATILE in every form (pg_proc.provolatile). */
const NOT_IMMUTABLE = new Set(
	`now current_timestamp current_date current_time localtime localtimestamp transaction_timestamp statement_timestamp
	clock_timestamp timeofday random gen_random_uuid uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7
	nextval currval lastval setval current_user session_user current_role current_catalog current_schema current_database
	current_setting inet_client_addr txid_current pg_backend_pid to_char to_date concat concat_ws format
	array_to_string`.split(/\s+/),
);

const ZONED = "timestamp with time zone";
/** Casts that depend on the session's settings, from each type. */
const STABLE_CASTS: Readonly<Record<string, readonly string[]>> = {
	[ZONED]: ["date", "timestamp", "time", "timetz", "text", "varchar"],
	"timestamp without time zone": ["text", "varchar", "timestamptz"],
	date: ["text", "varchar", "timestamptz"],
	text: ["date", "timestamp", "timestamptz", "time", "timetz", "interval"],
	"character varying": ["date", "timestamp", "timestamptz", "time", "timetz", "interval"],
};

/**
 * @param what how Postgres says it: "functions in index expression must be marked IMMUTABLE"
 * @throws Rejection (42P17) if the expression surely is not immutable
 */
export function requireImmutable(
	session: Session,
	relation: Table | View,
	node: Node | undefined,
	what: string,
	at?: Origin,
): void {
	const culprit = calledFunction(session, node) ?? typeDependent(relation, node);
	if (culprit) throw new Rejection("42P17", `${what} (${culprit})`, [], at);
}

function calledFunction(session: Session, node: Node | undefined): string | undefined {
	for (const name of functionsIn(node)) {
		if (NOT_IMMUTABLE.has(name)) return `${name} is not immutable`;
		const own = session.catalog.routines(nameFrom([name]));
		// Postgres puts the text of an SQL function in its place before it looks: what that calls decides.
		if (
			own.length > 0 &&
			own.every(({ volatility, language }) => volatility.value !== "immutable" && language.value !== "sql")
		) {
			return `${name} is not immutable`;
		}
	}
	return undefined;
}

/** `created_at::date` and `date_trunc('day', created_at)` on a timestamptz column depend on the session's time zone. */
function typeDependent(relation: Table | View, node: Node | undefined): string | undefined {
	let found: string | undefined;
	walkTree(node, (tag, body) => {
		if (tag === "TypeCast" && isNode(body.arg) && isNode({ TypeName: body.typeName })) {
			const from = columnType(relation, body.arg);
			const to = castTarget(body.typeName);
			if (from && to && STABLE_CASTS[from]?.includes(to))
				found = `a cast of ${from} to ${to} is not immutable`;
		} else if (tag === "FuncCall" && Array.isArray(body.funcname) && Array.isArray(body.args)) {
			const name = textOf(asNode(body.funcname.at(-1)));
			const zoned = body.args.some((arg) => columnType(relation, asNode(arg)) === ZONED);
			if (zoned && (name === "date" || (name === "date_trunc" && body.args.length === 2))) {
				found = `${name}() of a ${ZONED} is not immutable`;
			}
		}
		return found === undefined;
	});
	return found;
}

/**
 * @throws Rejection (42883) if the expression calls a function that a script creates only further on
 */
export function requireFunctions(session: Session, node: Node | undefined, at?: Origin): void {
	for (const name of functionsIn(node)) {
		if (NOT_IMMUTABLE.has(name) || session.catalog.routines({ name }).length > 0) continue;
		const later = session.forecast.routineCreatedLater({ name }, session.order);
		if (!later) continue;
		const schemas = [...session.catalog.schemas.keys()];
		if (schemas.some((schema) => session.catalog.routinesIn(schema, name).length > 0)) continue;
		throw new Rejection(
			"42883",
			`function ${name} does not exist`,
			[{ at: later, note: "created only here" }],
			at,
		);
	}
}

function asNode(value: unknown): Node | undefined {
	return isNode(value) ? value : undefined;
}

function castTarget(typeName: unknown): string | undefined {
	const node = asNode({ TypeName: typeName });
	return node && "TypeName" in node && !node.TypeName.arrayBounds
		? nameOf(node.TypeName.names).name
		: undefined;
}

function columnType(relation: Table | View, node: Node | undefined): string | undefined {
	if (relation.kind !== "table" || !node || !("ColumnRef" in node)) return undefined;
	const name = textOf(node.ColumnRef.fields?.at(-1));
	const type = name === undefined ? undefined : relation.columns.get(name)?.type?.value;
	return type && !type.userType && type.value.dimensions === 0 ? type.value.name : undefined;
}
