/** Pieces of Markdown, as GitHub and GitLab read it, out of text that is the user's. */

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
	return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)];
}

/** Text that is not to be read as Markdown, all of it. */
export function text(value: string): string {
	return value.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}

/**
 * A sentence of ours with the user's names in it: what stands between backticks stays code, an underscore within a word needs no
 * mark. The marks of other languages (`@map("x")`) become code: outside of it, GitHub would notify whoever has that name.
 */
export function prose(value: string): string {
	return value
		.split(/(`[^`]+`)/)
		.flatMap((part, at) => (at % 2 === 1 ? [part] : withoutMentions(part)))
		.map((part, at) =>
			at % 2 === 1
				? part.replaceAll("|", "\\|")
				: part.replace(/[\\*[\]<>|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&"),
		)
		.join("");
}

const MENTION = /((?<![\p{L}\p{N}@])@{1,2}[A-Za-z][\w./-]*(?:\([^()`]*\))?)/u;

/** Text and code in turn, text first and last. */
function withoutMentions(text: string): string[] {
	return text.split(MENTION).map((part, at) => (at % 2 === 1 ? `\`${part}\`` : part));
}

export function code(value: string): string {
	const plain = value.replaceAll("|", "\\|");
	return value.includes("`") ? text(value) : `\`${plain}\``;
}

/** Lines that a reader opens when they want them. */
export function details(summary: string, lines: readonly string[]): string[] {
	return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}
