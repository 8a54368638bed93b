/** Source text with line numbers, and small helpers over lezer's nodes. */
import type { SyntaxNode } from "@lezer/common";

export class Text {
	readonly #starts: number[] = [0];

	constructor(readonly source: string) {
		for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) {
			this.#starts.push(at + 1);
		}
	}

	/** The 1-based line of an offset. */
	line(offset: number): number {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low + 1;
	}

	of(node: SyntaxNode): string {
		return this.source.slice(node.from, node.to);
	}

	slice(from: number, to: number): string {
		return this.source.slice(from, to);
	}

	/** The text of a 1-based line, trimmed and cut for a message. */
	lineText(line: number): string {
		const from = this.#starts[line - 1] ?? 0;
		const text = this.source.slice(from, this.#starts[line] ?? this.source.length).trim();
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
