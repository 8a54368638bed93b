/** Which findings a reader should see first. */
import { type Finding, severitySchema } from "@schemalign/core";

/** What stops everything behind it comes first: a definition that does not run, a module that cannot be imported. */
const FIRST: readonly string[] = ["definition-cannot-run", "source-unreadable", "model-rejected"];

/**
 * The `most` findings to start with: the worst severity first, and within it one of each code before a second of any, since
 * the tenth finding of one kind tells less than the first of another. Of one code, what concerns most comes first.
 */
export function opening(findings: readonly Finding[], most: number): Finding[] {
	const sorted = [...findings].sort(
		(a, b) =>
			severityOf(a) - severityOf(b) ||
			standing(a) - standing(b) ||
			sizeOf(b) - sizeOf(a) ||
			comparePlaces(a, b),
	);
	const seen = new Map<string, number>();
	const ranked = sorted.map((finding, at) => {
		const key = `${finding.severity} ${finding.code}`;
		const turn = seen.get(key) ?? 0;
		seen.set(key, turn + 1);
		return { finding, turn, at };
	});
	ranked.sort((a, b) => severityOf(a.finding) - severityOf(b.finding) || a.turn - b.turn || a.at - b.at);
	return ranked.slice(0, most).map(({ finding }) => finding);
}

/** Of statements that do not run, the first in the order of the files is the one that stops the others. */
function comparePlaces(a: Finding, b: Finding): number {
	const [one, other] = [a.claims[0]?.at, b.claims[0]?.at];
	if (!one || !other || a.code !== b.code) return 0;
	if (one.file !== other.file) return one.file < other.file ? -1 : 1;
	return one.line - other.line;
}

function severityOf({ severity }: Finding): number {
	return severitySchema.options.indexOf(severity);
}

function standing({ code }: Finding): number {
	const at = FIRST.indexOf(code);
	return at === -1 ? FIRST.length : at;
}

/** How many single differences it is, and how many programs meet it. */
function sizeOf({ members, consequences }: Finding): number {
	return (members?.length ?? 1) * Math.max(1, consequences.length);
}
