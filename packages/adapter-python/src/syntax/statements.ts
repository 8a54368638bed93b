/** Statements: lezer's tree to ours. */
import type { SyntaxNode } from "@lezer/common";
import type { Expression, Statement, WithItem } from "./ast.js";
import { type ReadBody, readClass, readDecorated, readFunction } from "./definitions.js";
import { readItems } from "./displays.js";
import { readExpression } from "./expressions.js";
import { readImport } from "./imports.js";
import { childrenOf, type Text } from "./text.js";

/** Nested blocks deeper than this are opaque. */
const DEPTH_LIMIT = 60;

/** The statements of a module (`Script`), a body, or any node with statements among its children. */
export function readBlock(node: SyntaxNode, text: Text, depth = 0): Statement[] {
	if (depth > DEPTH_LIMIT) return [];
	const statements: Statement[] = [];
	for (const child of childrenOf(node)) {
		if (child.name === "StatementGroup") statements.push(...readBlock(child, text, depth));
		else {
			const statement = readStatement(child, text, depth);
			if (statement) statements.push(...(Array.isArray(statement) ? statement : [statement]));
		}
	}
	return statements;
}

function readStatement(node: SyntaxNode, text: Text, depth: number): Statement | Statement[] | undefined {
	const line = text.line(node.from);
	const body: ReadBody = (of) => (of ? readBlock(of, text, depth + 1) : []);
	switch (node.name) {
		case "ImportStatement":
			return readImport(node, text);
		case "AssignStatement":
			return readAssignment(node, text);
		case "UpdateStatement":
			return readUpdate(node, text, line);
		case "ExpressionStatement": {
			const parts = childrenOf(node).filter((part) => !part.type.isError);
			return parts.length === 0
				? undefined
				: { kind: "expression", value: readGroup(parts, text, line), line };
		}
		case "DecoratedStatement":
			return readDecorated(node, text, body);
		case "ClassDefinition":
			return readClass(node, text, body);
		case "FunctionDefinition":
			return readFunction(node, text, body);
		case "TypeDefinition":
			return readTypeAlias(node, text, line);
		case "IfStatement":
			return { kind: "if", branches: readBranches(node, text, body), line };
		case "TryStatement":
			return readTry(node, body, line);
		case "ForStatement":
			return readFor(node, text, body, line);
		case "WhileStatement":
			return {
				kind: "loop",
				...readTest(node, text),
				body: node.getChildren("Body").flatMap((part) => body(part)),
				line,
			};
		case "MatchStatement": {
			const clauses = node.getChild("MatchBody")?.getChildren("MatchClause") ?? [];
			return { kind: "loop", body: clauses.flatMap((clause) => body(clause.getChild("Body"))), line };
		}
		case "WithStatement":
			return { kind: "with", items: readWithItems(node, text), body: body(node.getChild("Body")), line };
		case "ReturnStatement": {
			const values = childrenOf(node).slice(1);
			return { kind: "return", line, ...(values.length ? { value: readGroup(values, text, line) } : {}) };
		}
		case "RaiseStatement":
			return { kind: "raise", line };
		case "DeleteStatement":
			return {
				kind: "delete",
				targets: childrenOf(node)
					.slice(1)
					.filter((part) => part.name !== ",")
					.map((part) => readExpression(part, text)),
				line,
			};
		default:
			return undefined;
	}
}

/** `a += b`. */
function readUpdate(node: SyntaxNode, text: Text, line: number): Statement | undefined {
	const [target, operator, ...values] = childrenOf(node);
	if (!target || !operator || values.length === 0) return undefined;
	return {
		kind: "augment",
		target: readExpression(target, text),
		operator: text.of(operator).slice(0, -1),
		value: readGroup(values, text, line),
		line,
	};
}

/** `type Id = Annotated[…]`: an alias like any other to us. */
function readTypeAlias(node: SyntaxNode, text: Text, line: number): Statement | undefined {
	const names = node.getChildren("VariableName");
	const value = node.lastChild;
	const name = names[0];
	if (!name || !value || value.from === name.from) return undefined;
	const target: Expression = { kind: "name", name: text.of(name), line };
	return { kind: "assign", targets: [target], value: readExpression(value, text), line };
}

function readFor(node: SyntaxNode, text: Text, body: ReadBody, line: number): Statement {
	const parts = childrenOf(node);
	const stop = parts.findIndex((part) => part.name === "in");
	const start = parts.findIndex((part) => part.name === "for");
	const iterable = parts.slice(stop + 1).filter((part) => part.name !== "Body" && part.name !== "else");
	return {
		kind: "for",
		targets: readGroup(parts.slice(start + 1, stop), text, line),
		iterable: readGroup(iterable, text, line),
		body: body(node.getChild("Body")),
		line,
	};
}

/** The condition of `while`. */
function readTest(node: SyntaxNode, text: Text): { test?: Expression } {
	const test = childrenOf(node)[1];
	return test && test.name !== "Body" && !test.type.isError ? { test: readExpression(test, text) } : {};
}

/** `with a as b, c:`; the items may stand in parentheses. */
function readWithItems(node: SyntaxNode, text: Text): WithItem[] {
	const items: WithItem[] = [];
	let bindsNext = false;
	for (const part of childrenOf(node)) {
		const last = items.at(-1);
		if (part.name === "as") bindsNext = true;
		else if (bindsNext && last) {
			items[items.length - 1] = { ...last, target: readExpression(part, text) };
			bindsNext = false;
		} else if (!/^(with|async|Body|,|\(|\))$/.test(part.name) && !part.type.isError) {
			items.push({ value: readExpression(part, text) });
		}
	}
	return items;
}

/** One expression, or a bare tuple `a, b`. */
function readGroup(nodes: readonly SyntaxNode[], text: Text, line: number): Expression {
	const tuple = nodes.some((node) => node.name === "," || node.name === "*");
	const items = readItems(
		nodes.filter((node) => node.name !== "," && !node.type.isError),
		(node) => readExpression(node, text),
	);
	const [first] = items;
	if (!tuple && first) return first;
	return { kind: "tuple", items, line };
}

function readAssignment(node: SyntaxNode, text: Text): Statement | undefined {
	const line = text.line(node.from);
	const groups: SyntaxNode[][] = [[]];
	let annotation: Expression | undefined;
	for (const child of childrenOf(node)) {
		if (child.name === "TypeDef") {
			const type = childrenOf(child).at(-1);
			if (type) annotation = readExpression(type, text);
		} else if (child.name === "AssignOp") groups.push([]);
		else groups.at(-1)?.push(child);
	}
	const filled = groups.filter((group) => group.some((part) => !part.type.isError));
	const expressions = filled.map((group) => readGroup(group, text, line));
	if (expressions.length === 0) return undefined;
	const value = groups.length > 1 && expressions.length > 1 ? expressions.at(-1) : undefined;
	return {
		kind: "assign",
		targets: value ? expressions.slice(0, -1) : expressions,
		line,
		...(annotation ? { annotation } : {}),
		...(value ? { value } : {}),
	};
}

function readBranches(
	node: SyntaxNode,
	text: Text,
	body: ReadBody,
): { test?: Expression; body: Statement[] }[] {
	const branches: { test?: Expression; body: Statement[] }[] = [];
	let test: Expression | undefined;
	for (const part of childrenOf(node)) {
		if (part.name === "Body") {
			branches.push({ body: body(part), ...(test ? { test } : {}) });
			test = undefined;
		} else if (!["if", "elif", "else"].includes(part.name) && !part.type.isError) {
			test = readExpression(part, text);
		}
	}
	return branches;
}

function readTry(node: SyntaxNode, body: ReadBody, line: number): Statement {
	let role = "try";
	const tried: Statement[] = [];
	const handlers: Statement[][] = [];
	const rest: Statement[] = [];
	for (const part of childrenOf(node)) {
		if (["try", "except", "else", "finally"].includes(part.name)) role = part.name;
		else if (part.name === "Body") {
			const statements = body(part);
			if (role === "try") tried.push(...statements);
			else if (role === "except") handlers.push(statements);
			else rest.push(...statements);
		}
	}
	return { kind: "try", body: tried, handlers, rest, line };
}
