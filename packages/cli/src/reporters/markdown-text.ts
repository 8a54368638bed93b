/** Our own Markdown pages on a terminal: headings, paragraphs, lists, tables as they are, code without its fences. */
import { hanging } from "./text/layout.js";
import type { Theme } from "./text/theme.js";

const FENCE = /^```(?:\w+)?(?:\s+title="(?<title>[^"]*)")?\s*$/;

/** The page in `width` columns. */
export function renderMarkdown(markdown: string, theme: Theme, width: number): string {
	const lines: string[] = [];
	let paragraph: string[] = [];
	let inCode = false;
	const flush = (): void => {
		if (paragraph.length > 0) lines.push(...hanging("", inline(paragraph.join(" "), theme), width));
		paragraph = [];
	};
	for (const line of markdown.trimEnd().split("\n")) {
		const fence = FENCE.exec(line);
		if (fence) {
			flush();
			inCode = !inCode;
			const title = fence.groups?.title;
			if (inCode && title !== undefined) lines.push(`  ${theme.dim(title)}`);
		} else if (inCode) {
			lines.push(`  ${theme.dim("│")} ${line}`.trimEnd());
		} else if (line.startsWith("#")) {
			flush();
			lines.push(theme.bold(line.replace(/^#+\s*/, "")));
		} else if (/^\s*(?:[-*|]|\d+\.)\s*/.test(line)) {
			flush();
			lines.push(...(line.startsWith("|") ? [line] : hanging("", inline(line, theme), width)));
		} else if (line.trim() === "") {
			flush();
			lines.push("");
		} else paragraph.push(line.trim());
	}
	flush();
	return lines.join("\n");
}

/** `code`, [links](of which only the text is shown). */
function inline(text: string, theme: Theme): string {
	return text
		.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
		.replace(/`([^`]+)`/g, (_, code: string) => theme.accent(code));
}
