/** Classes and functions: lezer's tree to ours. */
import type { SyntaxNode } from "@lezer/common";
import { readArguments, readParameters } from "./arguments.js";
import type { ClassDefinition, Expression, FunctionDefinition, Statement } from "./ast.js";
import type { Read } from "./displays.js";
import { readExpression } from "./expressions.js";
import { childrenOf, type Text } from "./text.js";

/** Reads the statements of a body below; none where there is none. */
export type ReadBody = (body: SyntaxNode | null) => Statement[];

function expressions(text: Text): Read {
	return (node) => readExpression(node, text);
}

/** A class or function with its decorators. */
export function readDecorated(node: SyntaxNode, text: Text, read: ReadBody): Statement | undefined {
	const decorators = node.getChildren("Decorator").map((decorator) => readDecorator(decorator, text));
	const definition = node.lastChild;
	if (definition?.name === "ClassDefinition") return readClass(definition, text, read, decorators);
	if (definition?.name === "FunctionDefinition") return readFunction(definition, text, read, decorators);
	return undefined;
}

/** A decorator is written flat: names, dots, and an argument list. */
function readDecorator(node: SyntaxNode, text: Text): Expression {
	const line = text.line(node.from);
	let expression: Expression = { kind: "opaque", why: "empty decorator", line };
	for (const part of childrenOf(node).slice(1)) {
		if (part.name === "VariableName" && expression.kind === "opaque") {
			expression = { kind: "name", name: text.of(part), line };
		} else if (part.name === "VariableName" || part.name === "PropertyName") {
			expression = { kind: "attribute", object: expression, name: text.of(part), line };
		} else if (part.name === "ArgList") {
			expression = {
				kind: "call",
				callee: expression,
				args: readArguments(part, text, expressions(text)),
				line,
			};
		} else if (part.name !== ".") expression = readExpression(part, text);
	}
	return expression;
}

export function readClass(
	node: SyntaxNode,
	text: Text,
	read: ReadBody,
	decorators: readonly Expression[] = [],
): ClassDefinition | undefined {
	const name = node.getChild("VariableName");
	if (!name) return undefined;
	const args = node.getChild("ArgList");
	return {
		kind: "class",
		line: text.line(node.from),
		endLine: text.line(Math.max(node.to - 1, node.from)),
		name: text.of(name),
		args: args ? readArguments(args, text, expressions(text)) : [],
		decorators,
		body: read(node.getChild("Body")),
	};
}

/** Its body is read when it is asked for: most functions of a program never are. */
export function readFunction(
	node: SyntaxNode,
	text: Text,
	read: ReadBody,
	decorators: readonly Expression[] = [],
): FunctionDefinition | undefined {
	const name = node.getChild("VariableName");
	if (!name) return undefined;
	const params = node.getChild("ParamList");
	const returns = node.getChild("TypeDef")?.lastChild;
	let body: readonly Statement[] | undefined;
	return {
		kind: "function",
		...(returns ? { returns: readExpression(returns, text) } : {}),
		line: text.line(node.from),
		name: text.of(name),
		params: params ? readParameters(params, text, expressions(text)) : [],
		decorators,
		body: () => {
			body ??= read(node.getChild("Body"));
			return body;
		},
	};
}
