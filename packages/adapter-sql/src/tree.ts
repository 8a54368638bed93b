/** Reading the parser's trees. */
import type { DefElem, Node, RangeVar } from "libpg-query";

/** The text of a String node, else `undefined`. */
export function textOf(node: Node | undefined): string | undefined {
	return node && "String" in node ? (node.String.sval ?? "") : undefined;
}

/** The texts of a list of String nodes; others are left out. */
export function textsOf(nodes: readonly Node[] | undefined): string[] {
	return (nodes ?? []).map(textOf).filter((text) => text !== undefined);
}

/** A possibly qualified name. */
export interface Name {
	readonly schema?: string;
	readonly name: string;
}

/** A name from a list of String nodes, outermost first. A catalog's name before the schema is dropped. */
export function nameOf(nodes: readonly Node[] | undefined): Name {
	return nameFrom(textsOf(nodes));
}

/** A name from its parts, outermost first. */
export function nameFrom(parts: readonly string[]): Name {
	const name = parts.at(-1) ?? "";
	const schema = parts.at(-2);
	return schema === undefined ? { name } : { schema, name };
}

/** The name that a relation is written with. */
export function relationName(relation: RangeVar | undefined): Name {
	const name = relation?.relname ?? "";
	return relation?.schemaname ? { schema: relation.schemaname, name } : { name };
}

/** The items of a List node, else the node itself as the only one. */
export function itemsOf(node: Node | undefined): readonly Node[] {
	if (node === undefined) return [];
	return "List" in node ? (node.List.items ?? []) : [node];
}

/** The DefElem nodes of a list. */
export function optionsOf(nodes: readonly Node[] | undefined): DefElem[] {
	return (nodes ?? []).flatMap((node) => ("DefElem" in node ? [node.DefElem] : []));
}

/** The value of a constant, option or type modifier: text or number; `undefined` if it is none. */
export function scalarOf(node: Node | undefined): string | number | boolean | undefined {
	if (node === undefined) return undefined;
	if ("String" in node) return node.String.sval ?? "";
	if ("Integer" in node) return node.Integer.ival ?? 0;
	if ("Float" in node) return node.Float.fval ?? "0";
	if ("Boolean" in node) return node.Boolean.boolval ?? false;
	if ("TypeName" in node) return nameOf(node.TypeName.names).name;
	if (!("A_Const" in node)) return undefined;
	const constant = node.A_Const;
	if (constant.isnull) return undefined;
	if (constant.ival) return constant.ival.ival ?? 0;
	if (constant.sval) return constant.sval.sval ?? "";
	if (constant.fval) return constant.fval.fval ?? "0";
	if (constant.boolval) return constant.boolval.boolval ?? false;
	return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

/** Whether a part of a tree is a node: an object with its type as the only key. */
export function isNode(value: unknown): value is Node {
	if (!isObject(value)) return false;
	const keys = Object.keys(value);
	return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? "") && isObject(value[keys[0] ?? ""]);
}

/** The types of nodes begin with a capital, the names of fields do not. */
function isTag(key: string): boolean {
	return key >= "A" && key < "[";
}

/**
 * Visits every node below `root` of the tree, `root` included: `visit(tag, body)` with a node's type and fields.
 * What `visit` answers `false` for is not descended into.
 */
export function walkTree(
	root: unknown,
	visit: (tag: string, body: Record<string, unknown>) => unknown,
): void {
	if (Array.isArray(root)) {
		for (const item of root) walkTree(item, visit);
		return;
	}
	if (!isObject(root)) return;
	for (const key of Object.keys(root)) {
		const value = root[key];
		if (!isObject(value)) continue;
		if (!Array.isArray(value) && isTag(key) && visit(key, value) === false) continue;
		walkTree(value, visit);
	}
}

/** The names of the columns that an expression mentions, without qualifiers; `*` for a whole row. */
export function columnsIn(node: unknown): Set<string> {
	const names = new Set<string>();
	walkTree(node, (tag, body) => {
		if (tag !== "ColumnRef" || !Array.isArray(body.fields)) return;
		const last: unknown = body.fields.at(-1);
		names.add(stringField(last) ?? "*");
	});
	return names;
}

/** Renames a column wherever an expression mentions it, in place. */
export function renameColumnIn(node: unknown, from: string, to: string): void {
	walkTree(node, (tag, body) => {
		if (tag !== "ColumnRef" || !Array.isArray(body.fields)) return;
		const last: unknown = body.fields.at(-1);
		if (isObject(last) && isObject(last.String) && last.String.sval === from) last.String.sval = to;
	});
}

/** Replaces a string literal wherever it stands in an expression, in place. */
export function renameLiteral(node: unknown, from: string, to: string): void {
	walkTree(node, (tag, body) => {
		if (tag === "A_Const" && isObject(body.sval) && body.sval.sval === from) body.sval.sval = to;
	});
}

/** The functions that an expression calls, unqualified, in lower case as written. */
export function functionsIn(node: unknown): Set<string> {
	const names = new Set<string>();
	walkTree(node, (tag, body) => {
		if (tag === "FuncCall" && Array.isArray(body.funcname)) {
			const name = stringField(body.funcname.at(-1));
			if (name !== undefined) names.add(name);
		} else if (tag === "SQLValueFunction" && typeof body.op === "string") {
			names.add(
				body.op
					.replace(/^SVFOP_/, "")
					.replace(/_N$/, "")
					.toLowerCase(),
			);
		}
	});
	return names;
}

/** The relations that a query reads, CTE names left out. */
export function relationsIn(node: unknown): Name[] {
	const found: Name[] = [];
	const local = new Set<string>();
	walkTree(node, (tag, body) => {
		if (tag === "CommonTableExpr" && typeof body.ctename === "string") local.add(body.ctename);
		if (tag !== "RangeVar" || typeof body.relname !== "string") return;
		found.push(
			typeof body.schemaname === "string"
				? { schema: body.schemaname, name: body.relname }
				: { name: body.relname },
		);
	});
	return found.filter(({ schema, name }) => schema !== undefined || !local.has(name));
}

function stringField(node: unknown): string | undefined {
	return isObject(node) && isObject(node.String) && typeof node.String.sval === "string"
		? node.String.sval
		: undefined;
}

/** A tree as text without its places, to compare two. */
export function stripLocations(node: unknown): string {
	return node === undefined
		? ""
		: JSON.stringify(node, (key, value) => (key === "location" ? undefined : value));
}

/** The functions that a statement calls, as it names them. */
export function functionsCalledIn(node: unknown): Name[] {
	const names: Name[] = [];
	walkTree(node, (tag, body) => {
		if (tag !== "FuncCall" || !Array.isArray(body.funcname)) return;
		names.push(nameFrom(body.funcname.map(stringField).filter((part) => part !== undefined)));
	});
	return names;
}

/** What a statement is about, as SQL writes it: `OBJECT_FOREIGN_TABLE` is a FOREIGN TABLE. */
export function objectKind(type: string | undefined): string {
	return (type ?? "").replace("OBJECT_", "").replaceAll("_", " ");
}
