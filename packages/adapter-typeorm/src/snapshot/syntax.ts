/** Walks a module's syntax tree: nodes of unknown shape, read carefully. */
import { languageOf } from "@schemalign/sandbox";
import { parseAst } from "rolldown/parseAst";

/** A node of the tree: ESTree with TypeScript, positions in UTF-16 units. */
export interface Node {
	readonly type: string;
	readonly start: number;
	readonly end: number;
}

/** The tree of a module; `undefined`: it does not parse. */
export function parseModule(path: string, text: string): Node | undefined {
	try {
		const tree: unknown = parseAst(text, { lang: languageOf(path), astType: "ts" }, path);
		return isNode(tree) ? tree : undefined;
	} catch {
		return undefined;
	}
}

export function isNode(value: unknown): value is Node {
	return (
		typeof value === "object" &&
		value !== null &&
		typeof Reflect.get(value, "type") === "string" &&
		typeof Reflect.get(value, "start") === "number"
	);
}

/** The node under `key`. */
export function child(node: Node, key: string): Node | undefined {
	const value: unknown = Reflect.get(node, key);
	return isNode(value) ? value : undefined;
}

/** The nodes in the list under `key`. */
export function children(node: Node, key: string): readonly Node[] {
	const value: unknown = Reflect.get(node, key);
	return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text under `key`. */
export function textOf(node: Node | undefined, key: string): string | undefined {
	const value: unknown = node && Reflect.get(node, key);
	return typeof value === "string" ? value : undefined;
}

/** An identifier's name or a string literal's value. */
export function nameIn(node: Node | undefined): string | undefined {
	return textOf(node, "name") ?? textOf(node, "value");
}

/** Every node below `node`, itself first. */
export function* walk(node: Node): Generator<Node> {
	yield node;
	for (const value of Object.values(node)) {
		if (isNode(value)) yield* walk(value);
		else if (Array.isArray(value)) for (const one of value) if (isNode(one)) yield* walk(one);
	}
}
