/** Turns zod's issues into lines that a person can act on. */
import type { z } from "zod";

/** One line per issue: the key's path and what is wrong with it. */
export function describeIssues(error: z.ZodError): string[] {
	return [...new Set(error.issues.flatMap((issue) => describe(issue)))];
}

function describe(issue: z.core.$ZodIssue): string[] {
	if (issue.code === "invalid_union") {
		// The branch that got furthest is the one the user meant.
		const branches = [...issue.errors].sort((a, b) => depth(b) - depth(a));
		const best = branches[0];
		if (best && depth(best) > 0) {
			return best.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }));
		}
	}
	const where = keyPath(issue.path);
	return [where === "" ? messageOf(issue) : `${where}: ${messageOf(issue)}`];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
	return Math.max(
		0,
		...issues.map((issue) => issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0)),
	);
}

function messageOf(issue: z.core.$ZodIssue): string {
	if (issue.code === "invalid_type") return `must be ${withArticle(issue.expected)}`;
	if (issue.code === "invalid_key") return issue.issues.map((inner) => inner.message).join("; ");
	return issue.message;
}

function withArticle(expected: string): string {
	if (expected === "record") return "an object";
	return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

/** `databases.shop.sources[0]`. */
function keyPath(path: readonly PropertyKey[]): string {
	return path.reduce<string>((text, key) => {
		if (typeof key === "number") return `${text}[${key}]`;
		const name = String(key);
		const plain = /^[A-Za-z_$][\w$-]*$/.test(name);
		if (!plain) return `${text}[${JSON.stringify(name)}]`;
		return text === "" ? name : `${text}.${name}`;
	}, "");
}
