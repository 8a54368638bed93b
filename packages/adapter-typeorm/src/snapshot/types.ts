/** Types of properties as TypeScript emits them for decorators, where that takes a look at other declarations. */
import type { ModuleGraph } from "@schemalign/sandbox";
import { type PropertyType, typeKey } from "../protocol.js";
import { child, children, type Node, nameIn, parseModule, textOf } from "./syntax.js";

/** Types of columns' properties that a compiler which sees one module alone cannot emit, as far as others tell them. */
export function propertyTypes(graph: ModuleGraph): Record<string, PropertyType> {
	const resolver = new Resolver(graph);
	const found: Record<string, PropertyType> = {};
	for (const module of graph.modules.keys()) {
		if (!/@[\w.]*Column\b/.test(graph.text(module))) continue;
		for (const { name, property, type } of resolver.decorated(module)) {
			const emitted = resolver.type(module, type, 0);
			if (emitted !== undefined) found[typeKey(module, name, property)] = emitted;
		}
	}
	return found;
}

const DEEPEST = 8;
const KEYWORDS: Readonly<Record<string, PropertyType>> = {
	TSStringKeyword: "String",
	TSTemplateLiteralType: "String",
	TSNumberKeyword: "Number",
	TSBooleanKeyword: "Boolean",
};

const COMPOUND = /^(?:TSUnionType|TSTypeReference|TSParenthesizedType)$/;

class Resolver {
	readonly #graph: ModuleGraph;
	readonly #trees = new Map<number, Node | undefined>();
	readonly #known = new Map<string, PropertyType | undefined>();

	constructor(graph: ModuleGraph) {
		this.#graph = graph;
	}

	/** Properties with decorators whose types are made of others. */
	*decorated(module: number): Generator<{ name: string; property: string; type: Node }> {
		const tree = this.#tree(module);
		for (const statement of tree ? children(tree, "body") : []) {
			const declared = child(statement, "declaration") ?? statement;
			const name = nameIn(child(declared, "id"));
			const body = child(declared, "body");
			if (!/^Class/.test(declared.type) || name === undefined || !body) continue;
			for (const member of children(body, "body")) {
				const property = nameIn(child(member, "key"));
				const annotation = child(member, "typeAnnotation");
				const type = annotation && child(annotation, "typeAnnotation");
				if (property === undefined || !type || children(member, "decorators").length === 0) continue;
				if (COMPOUND.test(type.type)) yield { name, property, type };
			}
		}
	}

	#tree(module: number): Node | undefined {
		if (!this.#trees.has(module)) {
			this.#trees.set(module, parseModule(this.#graph.path(module), this.#graph.text(module)));
		}
		return this.#trees.get(module);
	}

	/** The type that stands for `node`. */
	type(module: number, node: Node, depth: number): PropertyType | undefined {
		if (depth > DEEPEST) return undefined;
		const keyword = KEYWORDS[node.type];
		if (keyword) return keyword;
		if (node.type === "TSParenthesizedType") {
			const inner = child(node, "typeAnnotation");
			return inner && this.type(module, inner, depth + 1);
		}
		if (node.type === "TSLiteralType") return literalType(child(node, "literal"));
		if (node.type === "TSUnionType") return this.#union(module, children(node, "types"), depth);
		if (node.type !== "TSTypeReference") return undefined;
		const name = child(node, "typeName");
		// `Status.Active` is of the type of its enum.
		const base = name?.type === "TSQualifiedName" ? child(name, "left") : name;
		const text = nameIn(base);
		return text === undefined
			? undefined
			: (this.#named(module, text, depth + 1) ?? (text === "Date" ? "Date" : undefined));
	}

	#union(module: number, parts: readonly Node[], depth: number): PropertyType | undefined {
		const kept = parts.filter(({ type }) => type !== "TSNullKeyword" && type !== "TSUndefinedKeyword");
		const types = new Set(kept.map((part) => this.type(module, part, depth + 1)));
		const [only] = types;
		return types.size === 1 ? only : undefined;
	}

	/** What a name stands for in a module: an enum or another name for a type, its own or imported. */
	#named(module: number, name: string, depth: number): PropertyType | undefined {
		const key = `${module}:${name}`;
		// Indexes of packages pass on each other: a name is looked for once in each module.
		if (this.#known.has(key)) return this.#known.get(key);
		this.#known.set(key, undefined);
		const found = this.#declared(module, name, depth);
		this.#known.set(key, found);
		return found;
	}

	#declared(module: number, name: string, depth: number): PropertyType | undefined {
		const text = this.#graph.text(module);
		if (depth > DEEPEST || !(text.includes(name) || /export\s*\*/.test(text))) return undefined;
		const tree = this.#tree(module);
		if (!tree) return undefined;
		for (const statement of children(tree, "body")) {
			const declaration = child(statement, "declaration") ?? statement;
			if (nameIn(child(declaration, "id")) === name) {
				if (declaration.type === "TSEnumDeclaration") return enumType(declaration);
				const type =
					declaration.type === "TSTypeAliasDeclaration" ? child(declaration, "typeAnnotation") : undefined;
				return type && this.type(module, type, depth + 1);
			}
			const passed = this.#passedOn(module, statement, name, depth);
			if (passed !== undefined) return passed;
		}
		return undefined;
	}

	/** `import { A as B } from`, `export { A as B } from` and `export * from`. */
	#passedOn(module: number, statement: Node, name: string, depth: number): PropertyType | undefined {
		const source = textOf(child(statement, "source"), "value");
		const target = source === undefined ? undefined : this.#graph.modules[module]?.imports[source];
		if (target === undefined) return undefined;
		if (statement.type === "ExportAllDeclaration") return this.#named(target, name, depth + 1);
		const local = statement.type === "ImportDeclaration" ? "local" : "exported";
		const remote = statement.type === "ImportDeclaration" ? "imported" : "local";
		const specifier = children(statement, "specifiers").find((one) => nameIn(child(one, local)) === name);
		const original = specifier && nameIn(child(specifier, remote));
		return original === undefined ? undefined : this.#named(target, original, depth + 1);
	}
}

function literalType(literal: Node | undefined): PropertyType | undefined {
	const value: unknown = literal && Reflect.get(literal, "value");
	if (typeof value === "string" || literal?.type === "TemplateLiteral") return "String";
	if (typeof value === "number" || literal?.type === "UnaryExpression") return "Number";
	return typeof value === "boolean" ? "Boolean" : undefined;
}

/** Members without a value count up from 0 or the one before. */
function enumType(declaration: Node): PropertyType | undefined {
	const body = child(declaration, "body");
	const members = children(body ?? declaration, "members");
	const types = new Set(
		members.map((member) => {
			const initial = child(member, "initializer");
			return initial ? (literalType(initial) ?? "String") : "Number";
		}),
	);
	const [only] = types;
	return types.size === 1 ? only : undefined;
}
