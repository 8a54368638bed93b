/** A rule page as data: its summary, the example's files, and the report that it shows. */

const FENCE = /^```\w+ title="(?<title>[^"]+)"\n(?<text>[\s\S]*?)^```$/gm;
/** The title of the fence that holds what `check --verbose` prints of the example. */
const REPORT = "report";

export interface RulePage {
	readonly title: string;
	/** The paragraph below the title. */
	readonly summary: string;
	readonly severities: readonly string[];
	readonly sections: readonly string[];
	/** Path to text. */
	readonly files: Readonly<Record<string, string>>;
	readonly report: string;
}

/** Reads a page. What is not there is empty. */
export function parsePage(markdown: string): RulePage {
	const fences = [...markdown.matchAll(FENCE)].map(({ groups }) => ({
		title: groups?.title ?? "",
		text: groups?.text ?? "",
	}));
	const paragraphs = markdown.split("\n\n");
	const severities = /^Severity: (.+)\.$/m.exec(markdown)?.[1] ?? "";
	return {
		title: (paragraphs[0] ?? "").replace(/^# /, ""),
		summary: (paragraphs[1] ?? "").replaceAll("\n", " "),
		severities: severities.split(/, | or /).filter(Boolean),
		sections: [...markdown.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? ""),
		files: Object.fromEntries(
			fences.filter(({ title }) => title !== REPORT).map(({ title, text }) => [title, text]),
		),
		report: (fences.find(({ title }) => title === REPORT)?.text ?? "").trimEnd(),
	};
}

/** The page with another report. */
export function withReport(markdown: string, report: string): string {
	return markdown.replace(FENCE, (fence: string, title: string) =>
		title === REPORT ? `\`\`\`text title="${REPORT}"\n${report}\n\`\`\`` : fence,
	);
}

/** The lines of `printed` (the text report) that tell the findings of `code`. */
export function findingsText(printed: string, code: string): string {
	const blocks: string[][] = [];
	let open = false;
	for (const line of printed.split("\n")) {
		const starts = /^ {2}(CRITICAL|HIGH|MEDIUM|LOW|INFO) /.test(line);
		if (starts) blocks.push([]);
		open = starts || (open && line.startsWith("    "));
		if (open) blocks.at(-1)?.push(line);
	}
	const wanted = blocks.map((lines) => lines.join("\n")).filter((text) => text.includes(`[${code}]`));
	return wanted.join("\n\n");
}
