/** Codes as users write them. */
import { isRuleCode, RULE_CODES, type RuleCode } from "@schemalign/core";
import { Problem } from "../problem.js";
import { mostSimilar } from "../similar.js";
import { rulePage } from "./pages.js";

/**
 * The code of one of our rules, however it is written: `[column-missing]`, `Column-Missing`.
 * @throws Problem that names the nearest one, if there is no such rule.
 */
export function ruleCode(written: string): RuleCode {
	const code = written
		.trim()
		.replace(/^\[|\]$/g, "")
		.toLowerCase();
	if (isRuleCode(code)) return code;
	const about = codesAbout(code);
	if (about.length > 0 && mostSimilar(code, RULE_CODES) === undefined)
		throw new Problem(`${written}: there is no rule of this code`, `About it are: ${about.join(", ")}.`);
	throw noSuchRule(written, code);
}

/** The rules whose code has the word, or whose page tells of the SQLSTATE. */
function codesAbout(word: string): readonly RuleCode[] {
	if (/^[0-9][0-9a-z]{4}$/.test(word))
		return RULE_CODES.filter((code) => rulePage(code)?.includes(word.toUpperCase()));
	return RULE_CODES.filter((code) => `-${code}-`.includes(`-${word}-`));
}

/**
 * Checks the codes that a config names.
 * @throws Problem for the first that no rule has.
 */
export function checkCodes(codes: readonly string[], where: string): void {
	const wrong = codes.find((code) => !isRuleCode(code));
	if (wrong !== undefined) throw noSuchRule(`${where}: ${wrong}`, wrong);
}

function noSuchRule(what: string, code: string): Problem {
	const near = mostSimilar(code, RULE_CODES);
	const hint = near ? `Did you mean \`${near}\`?` : "`schemalign explain` lists them all.";
	return new Problem(`${what}: there is no rule of this code`, hint);
}
