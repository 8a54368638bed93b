/** Arguments and parameters: lezer's lists to ours. */
import type { SyntaxNode } from "@lezer/common";
import type { Argument, Parameter } from "./ast.js";
import { readComprehension } from "./comprehensions.js";
import { PUNCTUATION, type Read } from "./displays.js";
import { childrenOf, type Text } from "./text.js";

/** The arguments of a call or class statement. */
export function readArguments(list: SyntaxNode, text: Text, read: Read): Argument[] {
	const nodes = childrenOf(list).filter((node) => !node.type.isError && !PUNCTUATION.has(node.name));
	if (nodes.some((node) => node.name === "for")) {
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
			args.push({ name: text.of(node), value: read(value) });
			at += 2;
		} else if (node.name !== "AssignOp") {
			args.push({ value: read(node), ...(spread ? { spread } : {}) });
		}
		spread = undefined;
	}
	return args;
}

/** The parameters of a function or lambda. */
export function readParameters(list: SyntaxNode, text: Text, read: Read): Parameter[] {
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
				...(type ? { annotation: read(type) } : {}),
				...(value ? { default: read(value) } : {}),
			});
			at = value ? ahead + 1 : ahead - 1;
			star = undefined;
		}
	}
	return params;
}
