/** Expressions: lezer's tree to ours. */
import type { SyntaxNode } from "@lezer/common";
import { readArguments, readParameters } from "./arguments.js";
import type { Expression } from "./ast.js";
import { readComprehension } from "./comprehensions.js";
import { partsOf, type Read, readEntries, readItems } from "./displays.js";
import { readNumber, readString } from "./literals.js";
import { childrenOf, type Text } from "./text.js";

/** Deeper nesting than this is no schema; it is read as opaque. */
const DEPTH_LIMIT = 200;

/** Reads one expression node. */
export function readExpression(node: SyntaxNode, text: Text, depth = 0): Expression {
	const line = text.line(node.from);
	if (depth > DEPTH_LIMIT) return opaque("nested too deeply", line);
	const read: Read = (child) => readExpression(child, text, depth + 1);
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
			return readString(node, text, read);
		case "ParenthesizedExpression":
			return readOnly(partsOf(node), read, line);
		case "TupleExpression":
			return { kind: "tuple", items: readItems(partsOf(node), read), line };
		case "ArrayExpression":
			return { kind: "list", items: readItems(partsOf(node), read), line };
		case "SetExpression":
			return { kind: "set", items: readItems(partsOf(node), read), line };
		case "DictionaryExpression":
			return { kind: "dict", entries: readEntries(partsOf(node), read), line };
		case "MemberExpression":
			return readMember(node, text, read, line);
		case "CallExpression":
			return readCall(node, text, read, line);
		case "UnaryExpression":
			return readUnary(node, text, read, line);
		case "BinaryExpression":
			return readBinary(node, text, read, line);
		case "ConditionalExpression":
			return readConditional(node, read, line);
		case "LambdaExpression":
			return readLambda(node, text, read, line);
		case "ArrayComprehensionExpression":
		case "ComprehensionExpression":
			return readComprehension(partsOf(node), "list", read, line);
		case "SetComprehensionExpression":
			return readComprehension(partsOf(node), "set", read, line);
		case "DictionaryComprehensionExpression":
			return readComprehension(partsOf(node), "dict", read, line);
		case "NamedExpression":
			return node.lastChild ? read(node.lastChild) : opaque(INCOMPLETE, line);
		default:
			return opaque(node.type.isError ? "not Python" : `${node.name} is not evaluated`, line);
	}
}

const INCOMPLETE = "incomplete expression";

function opaque(why: string, line: number): Expression {
	return { kind: "opaque", why, line };
}

function readCall(node: SyntaxNode, text: Text, read: Read, line: number): Expression {
	const [callee, args] = childrenOf(node);
	if (!callee || !args) return opaque("incomplete call", line);
	return { kind: "call", callee: read(callee), args: readArguments(args, text, read), line };
}

function readUnary(node: SyntaxNode, text: Text, read: Read, line: number): Expression {
	const [operator, operand] = childrenOf(node);
	if (!operator || !operand) return opaque(INCOMPLETE, line);
	return { kind: "unary", operator: text.of(operator), operand: read(operand), line };
}

/** The operator may be of two words: `not in`. */
function readBinary(node: SyntaxNode, text: Text, read: Read, line: number): Expression {
	const parts = childrenOf(node).filter((part) => !part.type.isError);
	const [left, right] = [parts[0], parts.at(-1)];
	if (!left || !right || parts.length < 3) return opaque(INCOMPLETE, line);
	const words = parts.slice(1, -1).map((part) => text.of(part));
	return { kind: "binary", operator: words.join(" "), left: read(left), right: read(right), line };
}

function readConditional(node: SyntaxNode, read: Read, line: number): Expression {
	const [whenTrue, , test, , whenFalse] = childrenOf(node);
	if (!whenTrue || !test || !whenFalse) return opaque(INCOMPLETE, line);
	return {
		kind: "conditional",
		test: read(test),
		whenTrue: read(whenTrue),
		whenFalse: read(whenFalse),
		line,
	};
}

function readLambda(node: SyntaxNode, text: Text, read: Read, line: number): Expression {
	const params = node.getChild("ParamList");
	const body = node.lastChild;
	if (!body) return opaque("incomplete lambda", line);
	return { kind: "lambda", params: params ? readParameters(params, text, read) : [], body: read(body), line };
}

function readOnly(values: readonly SyntaxNode[], read: Read, line: number): Expression {
	const [first] = values;
	return first ? read(first) : opaque("empty parentheses", line);
}

function readMember(node: SyntaxNode, text: Text, read: Read, line: number): Expression {
	const [object, ...rest] = childrenOf(node);
	if (!object) return opaque(INCOMPLETE, line);
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

function readSubscript(nodes: readonly SyntaxNode[], read: Read, line: number): Expression[] {
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
