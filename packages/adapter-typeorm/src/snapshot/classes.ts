/** Where a module's classes, their properties and decorators stand. */
import { LineStarts } from "@schemalign/core";
import { child, children, type Node, nameIn, parseModule, walk } from "./syntax.js";

export interface DecoratorPlace {
	readonly name: string;
	readonly line: number;
	readonly text: string;
}

export interface MemberPlace {
	readonly line: number;
	readonly decorators: readonly DecoratorPlace[];
	/** The name of the property's type. */
	readonly typeName?: string;
	/** What the property is set to when the program makes an object. */
	readonly initial?: string;
}

export interface ClassPlace {
	readonly line: number;
	readonly decorators: readonly DecoratorPlace[];
	readonly members: ReadonlyMap<string, MemberPlace>;
}

/** Longer texts are told as what they are. */
const LONGEST = 60;

/** The classes of a module by name, and where entities without a class say their name and properties. */
export function classesIn(path: string, text: string): ReadonlyMap<string, ClassPlace> {
	const tree = parseModule(path, text);
	if (!tree) return new Map();
	const reader = new Reader(text);
	const found = new Map<string, ClassPlace>();
	for (const node of walk(tree)) {
		if (node.type === "ClassDeclaration" || node.type === "ClassExpression") {
			const name = nameIn(child(node, "id"));
			if (name !== undefined && !found.has(name)) found.set(name, reader.class(node));
		} else if (node.type === "NewExpression" && nameIn(child(node, "callee")) === "EntitySchema") {
			const schema = reader.schema(node);
			if (schema && !found.has(schema.name)) found.set(schema.name, schema.place);
		}
	}
	return found;
}

class Reader {
	readonly #text: string;
	readonly #lines: LineStarts;

	constructor(text: string) {
		this.#text = text;
		this.#lines = new LineStarts(text);
	}

	class(node: Node): ClassPlace {
		const members = new Map<string, MemberPlace>();
		const body = child(node, "body");
		for (const member of body ? children(body, "body") : []) {
			const name = nameIn(child(member, "key"));
			if (name !== undefined && !members.has(name)) members.set(name, this.#member(member));
		}
		return {
			line: this.#line(child(node, "id") ?? node),
			decorators: children(node, "decorators").map((one) => this.#decorator(one)),
			members,
		};
	}

	/** `new EntitySchema({ name, columns: { … } })`: its properties are the keys of what it holds. */
	schema(node: Node): { name: string; place: ClassPlace } | undefined {
		const options = children(node, "arguments")[0];
		const name = options && property(options, "name");
		const text = nameIn(name && child(name, "value")) ?? nameIn(options && targetOf(options));
		if (!options || text === undefined) return undefined;
		const members = new Map<string, MemberPlace>();
		for (const part of ["columns", "relations", "embeddeds"]) {
			const group = property(options, part);
			const value = group && child(group, "value");
			for (const entry of value ? children(value, "properties") : []) {
				const key = nameIn(child(entry, "key"));
				if (key !== undefined && !members.has(key)) {
					members.set(key, { line: this.#line(child(entry, "key") ?? entry), decorators: [] });
				}
			}
		}
		return { name: text, place: { line: this.#line(name ?? node), decorators: [], members } };
	}

	#member(node: Node): MemberPlace {
		const annotation = child(node, "typeAnnotation");
		const typeName = annotation && typeNameIn(annotation);
		const value = node.type === "PropertyDefinition" ? child(node, "value") : undefined;
		const initial = value && initialText(this.#text.slice(value.start, value.end));
		return {
			line: this.#line(child(node, "key") ?? node),
			decorators: children(node, "decorators").map((one) => this.#decorator(one)),
			...(typeName === undefined ? {} : { typeName }),
			...(initial === undefined ? {} : { initial }),
		};
	}

	#decorator(node: Node): DecoratorPlace {
		const expression = child(node, "expression");
		const callee = (expression && child(expression, "callee")) ?? expression;
		const name = nameIn(callee && (child(callee, "property") ?? callee)) ?? "";
		return { name, line: this.#line(node), text: this.#text.slice(node.start, node.end) };
	}

	#line(node: Node): number {
		return this.#lines.lineOf(node.start);
	}
}

function property(object: Node, name: string): Node | undefined {
	return children(object, "properties").find((one) => nameIn(child(one, "key")) === name);
}

function targetOf(options: Node): Node | undefined {
	const target = property(options, "target");
	return target && child(target, "value");
}

/** The first type that has a name of its own: `Role` in `Role[] | null`. */
function typeNameIn(annotation: Node): string | undefined {
	for (const node of walk(annotation)) {
		if (node.type === "TSTypeReference") return nameIn(child(node, "typeName"));
	}
	return undefined;
}

function initialText(text: string): string | undefined {
	const plain = text.replace(/\s+/g, " ");
	if (/^(?:undefined|null)$/.test(plain)) return undefined;
	return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
