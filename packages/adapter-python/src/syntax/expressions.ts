/** Expressions: lezer's tree to ours. */
import type { SyntaxNode } from "@lezer/common";
import type { Argument, Comprehension, Expression, FormattedPart, Parameter } from "./ast.js";
import { decodeFormatText, decodeLiteral, literalShape } from "./strings.js";
import { childrenOf, type Text } from "./text.js";

/** Deeper nesting than this is no schema; it is read as opaque. */
const DEPTH_LIMIT = 200;

const PUNCTUATION = new Set([",", "(", ")", "[", "]", "{", "}", ":"]);

/** Reads one expression node. */
export function readExpression(node: SyntaxNode, text: Text, depth = 0): Expression {
	const line = text.line(node.from);
	if (depth > DEPTH_LIMIT) return { kind: "opaque", why: "nested too deeply", line };
	const read = (child: SyntaxNode) => readExpression(child, text, depth + 1);
	const parts = () => childrenOf(node);
	const values = () =>
		parts()
			.map((part) => starOf(part) ?? part)
			.filter((part) => !PUNCTUATION.has(part.name) && !part.type.isError);
	switch (node.name) {
		case "VariableName":
			return { kind: "name", name: text.of(node), line };
		case "Boolean":
			return { kind: "constant", value: text.of(node) === "True", line };
		case "None":
			return { kind: "constant", value: null, line };
		case "Number":
			return readNumber(text.of(node), line);
		case "Ellipsis":
			return { kind: "ellipsis", line };
		case "String":
		case "FormatString":
		case "ContinuedString":
			return readString(node, text, depth);
		case "ParenthesizedExpression":
			return readOnly(values(), read, line);
		case "TupleExpression":
			return { kind: "tuple", items: readItems(values(), read), line };
		case "ArrayExpression":
			return { kind: "list", items: readItems(values(), read), line };
		case "SetExpression":
			return { kind: "set", items: readItems(values(), read), line };
		case "DictionaryExpression":
			return { kind: "dict", entries: readEntries(values(), read), line };
		case "MemberExpression":
			return readMember(node, text, read, line);
		case "CallExpression": {
			const [callee, args] = parts();
			if (!callee || !args) return { kind: "opaque", why: "incomplete call", line };
			return { kind: "call", callee: read(callee), args: readArguments(args, text, depth + 1), line };
		}
		case "UnaryExpression": {
			const [operator, operand] = parts();
			if (!operator || !operand) return { kind: "opaque", why: "incomplete expression", line };
			return { kind: "unary", operator: text.of(operator), operand: read(operand), line };
		}
		case "BinaryExpression": {
			const all = parts().filter((part) => !part.type.isError);
			const [left, right] = [all[0], all.at(-1)];
			if (!left || !right || all.length < 3) return { kind: "opaque", why: "incomplete expression", line };
			const operator = all
				.slice(1, -1)
				.map((part) => text.of(part))
				.join(" ");
			return { kind: "binary", operator, left: read(left), right: read(right), line };
		}
		case "ConditionalExpression": {
			const [whenTrue, , test, , whenFalse] = parts();
			if (!whenTrue || !test || !whenFalse) return { kind: "opaque", why: "incomplete expression", line };
			return {
				kind: "conditional",
				test: read(test),
				whenTrue: read(whenTrue),
				whenFalse: read(whenFalse),
				line,
			};
		}
		case "LambdaExpression": {
			const params = node.getChild("ParamList");
			const body = node.lastChild;
			if (!body) return { kind: "opaque", why: "incomplete lambda", line };
			return {
				kind: "lambda",
				params: params ? readParameters(params, text, depth + 1) : [],
				body: read(body),
				line,
			};
		}
		case "ArrayComprehensionExpression":
		case "ComprehensionExpression":
			return readComprehension(values(), "list", read, line);
		case "SetComprehensionExpression":
			return readComprehension(values(), "set", read, line);
		case "DictionaryComprehensionExpression":
			return readComprehension(values(), "dict", read, line);
		case "NamedExpression": {
			const value = node.lastChild;
			return value ? read(value) : { kind: "opaque", why: "incomplete expression", line };
		}
		default:
			return {
				kind: "opaque",
				why: node.type.isError ? "not Python" : `${node.name} is not evaluated`,
				line,
			};
	}
}

function readOnly(
	values: readonly SyntaxNode[],
	read: (node: SyntaxNode) => Expression,
	line: number,
): Expression {
	const [first] = values;
	return first ? read(first) : { kind: "opaque", why: "empty parentheses", line };
}

/** The star of `for first, *rest in …` inside a comprehension: valid Python that the grammar marks as an error. */
export function starOf(node: SyntaxNode): SyntaxNode | undefined {
	const star = node.type.isError && /Comprehension/.test(node.parent?.name ?? "") ? node.firstChild : null;
	return star?.name === "*" ? star : undefined;
}

/** Items of a display; `*rest` comes as a star before its value. */
export function readItems(
	nodes: readonly SyntaxNode[],
	read: (node: SyntaxNode) => Expression,
): Expression[] {
	const items: Expression[] = [];
	let starred = false;
	for (const node of nodes) {
		if (node.name === "*") {
			starred = true;
			continue;
		}
		const value = read(node);
		items.push(starred ? { kind: "starred", value, line: value.line } : value);
		starred = false;
	}
	return items;
}

function readEntries(nodes: readonly SyntaxNode[], read: (node: SyntaxNode) => Expression) {
	const entries: { key?: Expression; value: Expression }[] = [];
	for (let at = 0; at < nodes.length; at++) {
		const node = nodes[at];
		const next = nodes[at + 1];
		if (!node || !next) break;
		entries.push(node.name === "**" ? { value: read(next) } : { key: read(node), value: read(next) });
		at++;
	}
	return entries;
}

function readMember(
	node: SyntaxNode,
	text: Text,
	read: (node: SyntaxNode) => Expression,
	line: number,
): Expression {
	const [object, ...rest] = childrenOf(node);
	if (!object) return { kind: "opaque", why: "incomplete expression", line };
	const property = rest.find((part) => part.name === "PropertyName");
	if (property) {
		// The line of a chained call is that of its name: `.with_variant(…)` stands on its own line.
		return { kind: "attribute", object: read(object), name: text.of(property), line };
	}
	// Lezer reads `20.` as a member access without a name.
	if (object.name === "Number" && rest.every((part) => part.name === "." || part.type.isError)) {
		return read(object);
	}
	const inside = rest.filter((part) => part.name !== "[" && part.name !== "]" && !part.type.isError);
	return { kind: "subscript", object: read(object), items: readSubscript(inside, read, line), line };
}

function readSubscript(
	nodes: readonly SyntaxNode[],
	read: (node: SyntaxNode) => Expression,
	line: number,
): Expression[] {
	const colon = nodes.findIndex((node) => node.name === ":");
	if (colon !== -1) {
		const from = nodes[colon - 1];
		const to = nodes[colon + 1];
		return [{ kind: "slice", line, ...(from ? { from: read(from) } : {}), ...(to ? { to: read(to) } : {}) }];
	}
	return readItems(
		nodes.filter((node) => node.name !== ","),
		read,
	);
}

/** The arguments of a call or class statement. */
export function readArguments(list: SyntaxNode, text: Text, depth = 0): Argument[] {
	const nodes = childrenOf(list).filter((node) => !node.type.isError && !PUNCTUATION.has(node.name));
	if (nodes.some((node) => node.name === "for")) {
		const read = (node: SyntaxNode) => readExpression(node, text, depth + 1);
		return [{ value: readComprehension(nodes, "list", read, text.line(list.from)) }];
	}
	const args: Argument[] = [];
	let spread: "*" | "**" | undefined;
	for (let at = 0; at < nodes.length; at++) {
		const node = nodes[at];
		if (!node) break;
		if (node.name === "*" || node.name === "**") {
			spread = node.name;
			continue;
		}
		const value = nodes[at + 2];
		if (nodes[at + 1]?.name === "AssignOp" && value && text.of(nodes[at + 1] ?? node) === "=") {
			args.push({ name: text.of(node), value: readExpression(value, text, depth + 1) });
			at += 2;
		} else if (node.name !== "AssignOp") {
			args.push({ value: readExpression(node, text, depth + 1), ...(spread ? { spread } : {}) });
		}
		spread = undefined;
	}
	return args;
}

/** The parameters of a function or lambda. */
export function readParameters(list: SyntaxNode, text: Text, depth = 0): Parameter[] {
	const params: Parameter[] = [];
	let star: "*" | "**" | undefined;
	let keywordOnly = false;
	const nodes = childrenOf(list);
	for (let at = 0; at < nodes.length; at++) {
		const node = nodes[at];
		if (!node) break;
		if (node.name === "*" || node.name === "**") {
			star = node.name;
			if (star === "*") keywordOnly = true;
		} else if (node.name === "," || node.name === "/") star = undefined;
		else if (node.name === "VariableName") {
			let ahead = at + 1;
			const type = nodes[ahead]?.name === "TypeDef" ? nodes[ahead++]?.lastChild : undefined;
			const value = nodes[ahead]?.name === "AssignOp" ? nodes[ahead + 1] : undefined;
			params.push({
				name: text.of(node),
				kind: star ?? (keywordOnly ? "keyword-only" : "plain"),
				...(type ? { annotation: readExpression(type, text, depth + 1) } : {}),
				...(value ? { default: readExpression(value, text, depth + 1) } : {}),
			});
			at = value ? ahead + 1 : ahead - 1;
			star = undefined;
		}
	}
	return params;
}

function readComprehension(
	nodes: readonly SyntaxNode[],
	result: "list" | "set" | "dict",
	read: (node: SyntaxNode) => Expression,
	line: number,
): Expression {
	const first = nodes.findIndex((node) => node.name === "for" || node.name === "async");
	const head = nodes.slice(0, first);
	const [element, value] = head;
	if (!element) return { kind: "opaque", why: "incomplete comprehension", line };
	const clauses: { targets: Expression; iterable: Expression; conditions: Expression[] }[] = [];
	for (let at = first; at < nodes.length; at++) {
		const node = nodes[at];
		if (node?.name === "for") {
			const stop = nodes.findIndex((other, index) => index > at && other.name === "in");
			const iterable = nodes[stop + 1];
			if (stop === -1 || !iterable) return { kind: "opaque", why: "incomplete comprehension", line };
			const targets = readItems(nodes.slice(at + 1, stop), read);
			const only = targets.length === 1 ? targets[0] : undefined;
			clauses.push({
				targets: only ?? { kind: "tuple", items: targets, line },
				iterable: read(iterable),
				conditions: [],
			});
			at = stop + 1;
		} else if (node?.name === "if") {
			const test = nodes[at + 1];
			if (test) clauses.at(-1)?.conditions.push(read(test));
			at++;
		}
	}
	const all: Comprehension[] = clauses;
	return {
		kind: "comprehension",
		result,
		element: read(element),
		clauses: all,
		line,
		...(value ? { value: read(value) } : {}),
	};
}

function readNumber(written: string, line: number): Expression {
	const plain = written.replaceAll("_", "").toLowerCase();
	const value = Number(plain);
	if (plain.endsWith("j") || Number.isNaN(value)) {
		return { kind: "opaque", why: `${written} is not a plain number`, line };
	}
	return { kind: "constant", value, line };
}

function readString(node: SyntaxNode, text: Text, depth: number): Expression {
	const line = text.line(node.from);
	const literals = node.name === "ContinuedString" ? childrenOf(node) : [node];
	const parts: (string | FormattedPart)[] = [];
	for (const literal of literals) {
		if (literal.type.isError) continue;
		const written = text.of(literal);
		if (literalShape(written).bytes) return { kind: "bytes", line };
		if (literal.name === "FormatString") parts.push(...readFormat(literal, text, depth));
		else parts.push(decodeLiteral(written));
	}
	if (parts.some((part) => typeof part !== "string")) return { kind: "joined", parts, line };
	return { kind: "constant", value: parts.join(""), line };
}

function readFormat(node: SyntaxNode, text: Text, depth: number): (string | FormattedPart)[] {
	const { raw, open, close } = literalShape(text.of(node));
	const parts: (string | FormattedPart)[] = [];
	let from = node.from + open;
	const pushText = (to: number) => {
		if (to > from) parts.push(decodeFormatText(text.slice(from, to), raw));
	};
	for (const child of childrenOf(node)) {
		if (child.name !== "FormatReplacement") continue;
		pushText(child.from);
		const value = childrenOf(child).find((part) => !["{", "}"].includes(part.name));
		const conversion = child.getChild("FormatConversion");
		const format = child.getChild("FormatSpec");
		parts.push({
			value: value
				? readExpression(value, text, depth + 1)
				: { kind: "opaque", why: "empty replacement", line: text.line(child.from) },
			...(conversion ? { conversion: text.of(conversion).slice(1) } : {}),
			...(format ? { format: text.of(format).slice(1) } : {}),
		});
		from = child.to;
	}
	pushText(node.to - close);
	return parts;
}
