/** Source text with line numbers, and small helpers over lezer's nodes. */
import type { SyntaxNode } from "@lezer/common";
import { LineStarts } from "@schemalign/core";

export class Text {
	readonly #lines: LineStarts;

	constructor(readonly source: string) {
		this.#lines = new LineStarts(source);
	}

	/** The 1-based line of an offset. */
	line(offset: number): number {
		return this.#lines.lineOf(offset);
	}

	of(node: SyntaxNode): string {
		return this.source.slice(node.from, node.to);
	}

	slice(from: number, to: number): string {
		return this.source.slice(from, to);
	}

	/** The text of a 1-based line, trimmed and cut for a message. */
	lineText(line: number): string {
		const text = this.source.slice(this.#lines.startOf(line) ?? 0, this.#lines.startOf(line + 1)).trim();
		return text.length > 80 ? `${text.slice(0, 79)}…` : text;
	}
}

/** The children of a node, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
	const children: SyntaxNode[] = [];
	for (let child = node.firstChild; child; child = child.nextSibling) {
		if (child.name !== "Comment") children.push(child);
	}
	return children;
}
