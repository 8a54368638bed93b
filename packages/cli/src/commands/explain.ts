/** `schemalign explain`: what a rule finds, why it matters, and what to do. */
import { RULE_CODES, RULE_GROUPS, RULES, type RuleCode, type RuleGroup } from "@schemalign/core";
import { type Io, usesColor, widthOf } from "../io.js";
import { Output } from "../output.js";
import { EXIT } from "../problem.js";
import { prose, table, code as tick } from "../reporters/markdown/format.js";
import { ruleCode } from "../rules/known.js";
import { rulePage } from "../rules/pages.js";
import { type FormatOptions, formatOf, type GlobalOptions, withCwd } from "./options.js";

export type ExplainOptions = GlobalOptions & FormatOptions;

/**
 * Prints the page of one rule, or the list of all.
 * @throws Problem if there is no such rule.
 */
export async function explain(
	written: string | undefined,
	options: ExplainOptions,
	outer: Io,
): Promise<number> {
	const io = withCwd(outer, options);
	const code = written === undefined ? undefined : ruleCode(written);
	const color = options.output === undefined ? options.color : false;
	new Output(io, options.quiet).result(await rendered(code, options, { io, color }), options.output);
	return EXIT.inSync;
}

function rendered(
	code: RuleCode | undefined,
	options: ExplainOptions,
	screen: Screen,
): string | Promise<string> {
	switch (formatOf(options, { markdown: true })) {
		case "json":
			return asJson(code);
		case "markdown":
			return asMarkdown(code);
		case "text":
			return asText(code, screen);
	}
}

function asMarkdown(code: RuleCode | undefined): string {
	if (code !== undefined) return pageOf(code);
	const lines = Object.keys(RULE_GROUPS)
		.filter(isGroup)
		.flatMap((group) => [
			`## ${RULE_GROUPS[group]}`,
			"",
			...table(
				["code", "finding"],
				RULE_CODES.filter((one) => RULES[one].group === group).map((one) => [
					tick(one),
					prose(RULES[one].summary),
				]),
			),
			"",
		]);
	return ["# Findings", "", ...lines].join("\n").trimEnd();
}

function pageOf(code: RuleCode): string {
	return rulePage(code) ?? `# ${code}\n\n${RULES[code].summary}\n`;
}

function asJson(code: RuleCode | undefined): string {
	const entry = (one: RuleCode) => ({ code: one, ...RULES[one] });
	const data = code === undefined ? RULE_CODES.map(entry) : { ...entry(code), page: rulePage(code) ?? null };
	return JSON.stringify(data, null, 2);
}

interface Screen {
	readonly io: Io;
	readonly color: boolean | undefined;
}

async function asText(code: RuleCode | undefined, { io, color }: Screen): Promise<string> {
	const { makeTheme } = await import("../reporters/text/theme.js");
	const theme = makeTheme(usesColor(io, color));
	if (code !== undefined) {
		const { renderMarkdown } = await import("../reporters/markdown-text.js");
		return renderMarkdown(pageOf(code), theme, widthOf(io));
	}
	const { hanging, padEnd } = await import("../reporters/text/layout.js");
	const widest = Math.max(...RULE_CODES.map((one) => one.length));
	const groups = Object.keys(RULE_GROUPS).filter(isGroup);
	const lines = groups.flatMap((group) => [
		theme.bold(RULE_GROUPS[group]),
		...RULE_CODES.filter((one) => RULES[one].group === group).flatMap((one) =>
			hanging(`  ${theme.accent(padEnd(one, widest))}  `, RULES[one].summary, widthOf(io)),
		),
		"",
	]);
	return [...lines, "`schemalign explain <code>` tells more of one."].join("\n");
}

function isGroup(key: string): key is RuleGroup {
	return Object.hasOwn(RULE_GROUPS, key);
}
