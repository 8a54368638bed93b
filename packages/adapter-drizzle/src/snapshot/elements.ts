/** Elements of indexes: columns, and expressions as people write them into index definitions. */
import { isDefaultOperatorClass } from "@schemalign/adapter-sql";
import { cutName, type ExpressionContext, type IndexElement, type TypeValue } from "@schemalign/core";
import type { IndexReport } from "../protocol.js";
import type { Scene } from "./scene.js";

type Reported = IndexReport["elements"][number];

const DIRECTION = /\s+(asc|desc)\s*$/i;
const NULLS = /\s+nulls\s+(first|last)\s*$/i;
const OPCLASS = /(?<=[\s)"])\s*\b([a-z_][a-z0-9_]*_ops)\s*$/i;

/** An element in canonical form. Expressions may carry an order and an operator class in their text. */
export function readElement(
	scene: Scene,
	element: Reported,
	method: string,
	context: ExpressionContext & { readonly columnTypes: Readonly<Record<string, TypeValue>> },
): IndexElement {
	const { text, ...settings } = element.isExpression ? splitExpression(element) : element;
	const column = columnName(element.isExpression, text, context.columnTypes);
	const { order, nulls } = settings;
	const type = column === undefined ? undefined : context.columnTypes[column];
	const opclass =
		settings.opclass && !isDefaultOperatorClass(method, settings.opclass, type)
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
	if (!isExpression) return cutName(text);
	const bare = text
		.trim()
		.replace(/^\((.*)\)$/s, "$1")
		.trim();
	const name =
		/^"((?:[^"]|"")+)"$/.exec(bare)?.[1]?.replaceAll('""', '"') ??
		(/^[a-z_][a-z0-9_$]*$/i.test(bare) ? bare.toLowerCase() : undefined);
	return name !== undefined && Object.hasOwn(columnTypes, cutName(name)) ? cutName(name) : undefined;
}
