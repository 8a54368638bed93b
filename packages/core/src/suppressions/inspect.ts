/** `invalid-suppression` and `unused-suppression`: comments that silence nothing. */
import { compareText } from "../model/address.js";
import type { Origin } from "../model/snapshot.js";
import { isRuleCode, RULE_CODES } from "../rules/catalogue.js";
import { AT_SOURCE, claimAt, type Located } from "../rules/located.js";
import type { Suppressions } from "./apply.js";
import type { Suppression } from "./parse.js";

/**
 * What is wrong with the comments in the files of `sources`.
 * @param known codes beside our own that adapters have stated
 */
export function inspectSuppressions(
	suppressions: Suppressions,
	sources: ReadonlySet<string>,
	known: ReadonlySet<string>,
): Located[] {
	return suppressions.all.flatMap((one): Located[] => {
		if (!sources.has(one.source)) return [];
		if (one.problem !== undefined) return [invalid(one, one.problem)];
		const unknown = one.codes.filter((code) => !isRuleCode(code) && !known.has(code));
		const unused = suppressions.unused(one).filter((code) => !unknown.includes(code));
		return [
			...unknown.map((code) => invalid(one, `there is no code ${code}${hint(code)}`)),
			...(unused.length > 0 ? [idle(one, unused)] : []),
		];
	});
}

function invalid(suppression: Suppression, problem: string): Located {
	return {
		...common(suppression, problem),
		code: "invalid-suppression",
		severity: "low",
		message: `a \`schemalign-ignore\` in ${suppression.file} does not count: ${problem}`,
		why: "What it was to silence is reported all the same.",
		help: "Write it as `schemalign-ignore <code>: <reason>`; `schemalign explain` lists the codes.",
	};
}

function idle(suppression: Suppression, unused: readonly string[]): Located {
	const codes = unused.join(", ");
	const where = suppression.lines === undefined ? "the file" : "this place";
	return {
		...common(suppression, codes),
		code: "unused-suppression",
		severity: "low",
		message: `the \`schemalign-ignore ${codes}\` in ${suppression.file} silences nothing`,
		why: `There is no such finding at ${where} (any more); the next one would go unnoticed.`,
		help: "Remove the comment, or put it on the line above what the finding points at.",
	};
}

function common({ source, file, line }: Suppression, subject: string) {
	const at: Origin = { file, line };
	return {
		...AT_SOURCE,
		consequences: [],
		aspect: "suppression",
		claims: [claimAt(source, "here", at)],
		verdict: { truth: null, deviating: [source], basis: "it stands in one source, whatever the others say" },
		subject: `suppression ${file} ${subject}`,
	};
}

/** The code that is most like it: by its beginning, and by the words that both have. */
function hint(code: string): string {
	const [best] = RULE_CODES.map((candidate) => ({ candidate, likeness: likenessOf(code, candidate) })).sort(
		(a, b) => b.likeness - a.likeness || compareText(a.candidate, b.candidate),
	);
	return best && best.likeness >= WORD ? `; ${best.candidate} is one` : "";
}

/** A word in common weighs as much as so many letters at the beginning. */
const WORD = 8;

function likenessOf(a: string, b: string): number {
	const words = new Set(a.split("-"));
	const shared = b.split("-").filter((word) => words.has(word)).length;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	return shared * WORD + start;
}
