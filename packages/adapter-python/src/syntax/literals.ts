/** Numbers and strings: their text to what it means. */
import type { SyntaxNode } from "@lezer/common";
import type { Expression, FormattedPart } from "./ast.js";
import type { Read } from "./displays.js";
import { decodeFormatText, decodeLiteral, literalShape } from "./strings.js";
import { childrenOf, type Text } from "./text.js";

/** A number; an imaginary one is none that models use. */
export function readNumber(written: string, line: number): Expression {
	const plain = written.replaceAll("_", "").toLowerCase();
	const value = Number(plain);
	if (plain.endsWith("j") || Number.isNaN(value)) {
		return { kind: "opaque", why: `${written} is not a plain number`, line };
	}
	return { kind: "constant", value, line };
}

/** A string of one or several literals; with replacements in it, what it is joined of. */
export function readString(node: SyntaxNode, text: Text, read: Read): Expression {
	const line = text.line(node.from);
	const literals = node.name === "ContinuedString" ? childrenOf(node) : [node];
	const parts: (string | FormattedPart)[] = [];
	for (const literal of literals) {
		if (literal.type.isError) continue;
		const written = text.of(literal);
		if (literalShape(written).bytes) return { kind: "bytes", line };
		if (literal.name === "FormatString") parts.push(...readFormat(literal, text, read));
		else parts.push(decodeLiteral(written));
	}
	if (parts.some((part) => typeof part !== "string")) return { kind: "joined", parts, line };
	return { kind: "constant", value: parts.join(""), line };
}

function readFormat(node: SyntaxNode, text: Text, read: Read): (string | FormattedPart)[] {
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
			value: value ? read(value) : { kind: "opaque", why: "empty replacement", line: text.line(child.from) },
			...(conversion ? { conversion: text.of(conversion).slice(1) } : {}),
			...(format ? { format: text.of(format).slice(1) } : {}),
		});
		from = child.to;
	}
	pushText(node.to - close);
	return parts;
}
