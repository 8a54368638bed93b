/** Elements of indexes: columns, and expressions as people write them into index definitions. */
import type { ExpressionContext, IndexElement, TypeValue } from "@schemalign/core";
import type { IndexReport } from "../protocol.js";
import type { Scene } from "./scene.js";
import { clip } from "./text.js";

type Reported = IndexReport["elements"][number];

const DIRECTION = /\s+(asc|desc)\s*$/i;
const NULLS = /\s+nulls\s+(first|last)\s*$/i;
const OPCLASS = /(?<=[\s)"])\s*\b([a-z_][a-z0-9_]*_ops)\s*$/i;

/** The operator class that B-tree, hash and the like take by themselves (catalog pg_opclass, opcdefault). */
const DEFAULT_CLASSES: Readonly<Record<string, string>> = {
	bigint: "int8_ops",
	integer: "int4_ops",
	smallint: "int2_ops",
	boolean: "bool_ops",
	text: "text_ops",
	"character varying": "text_ops",
	character: "bpchar_ops",
	name: "name_ops",
	"timestamp without time zone": "timestamp_ops",
	"timestamp with time zone": "timestamptz_ops",
	"time without time zone": "time_ops",
	"time with time zone": "timetz_ops",
	"double precision": "float8_ops",
	real: "float4_ops",
	bit: "bit_ops",
	"bit varying": "varbit_ops",
};
const SAME_NAME = new Set(
	"uuid date interval numeric money bytea inet cidr macaddr macaddr8 oid jsonb tsvector tsquery citext hstore ltree vector point box circle".split(
		" ",
	),
);

/** An element in canonical form. Expressions may carry an order and an operator class in their text. */
export function readElement(
	scene: Scene,
	element: Reported,
	method: string,
	context: ExpressionContext & { readonly columnTypes: Readonly<Record<string, TypeValue>> },
	isEnum: (type: TypeValue) => boolean,
): IndexElement {
	const { text, ...settings } = element.isExpression ? splitExpression(element) : element;
	const column = columnName(element.isExpression, text, context.columnTypes);
	const { order, nulls } = settings;
	const type = column === undefined ? undefined : context.columnTypes[column];
	const opclass =
		settings.opclass && !isDefault(settings.opclass, type, method, isEnum)
			? { opclass: settings.opclass }
			: {};
	if (column !== undefined) return { canonical: column, isExpression: false, order, nulls, ...opclass };
	const { canonical } = scene.expressions.read(text, context);
	return { canonical: `(${canonical})`, isExpression: true, order, nulls, ...opclass };
}

function splitExpression(element: Reported): Pick<Reported, "text" | "order" | "nulls" | "opclass"> {
	let text = element.text;
	const take = (pattern: RegExp): string | undefined => {
		const found = pattern.exec(text)?.[1]?.toLowerCase();
		if (found !== undefined) text = text.replace(pattern, "");
		return found;
	};
	const nulls = take(NULLS);
	const order = take(DIRECTION) === "desc" ? "desc" : "asc";
	const opclass = take(OPCLASS) ?? null;
	const natural = order === "desc" ? "first" : "last";
	return { text, order, nulls: nulls === "first" || nulls === "last" ? nulls : natural, opclass };
}

/** Postgres takes an expression that is only a column as that column. */
function columnName(
	isExpression: boolean,
	text: string,
	columnTypes: Readonly<Record<string, TypeValue>>,
): string | undefined {
	if (!isExpression) return clip(text);
	const bare = text
		.trim()
		.replace(/^\((.*)\)$/s, "$1")
		.trim();
	const name =
		/^"((?:[^"]|"")+)"$/.exec(bare)?.[1]?.replaceAll('""', '"') ??
		(/^[a-z_][a-z0-9_$]*$/i.test(bare) ? bare.toLowerCase() : undefined);
	return name !== undefined && Object.hasOwn(columnTypes, clip(name)) ? clip(name) : undefined;
}

function isDefault(
	opclass: string,
	type: TypeValue | undefined,
	method: string,
	isEnum: (type: TypeValue) => boolean,
): boolean {
	if (!type) return false;
	if (type.dimensions > 0) return opclass === "array_ops";
	if (isEnum(type)) return opclass === "enum_ops";
	if (method === "brin") return false;
	return opclass === (DEFAULT_CLASSES[type.name] ?? (SAME_NAME.has(type.name) ? `${type.name}_ops` : ""));
}
