/** .gitignore rules as git applies them: per folder, deeper files last, negations, and .git/info/exclude. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";

interface Level {
	/** Relative to the root with a trailing slash; empty for the root. */
	readonly prefix: string;
	readonly rules: Ignore;
}

/** The rules that hold in one folder: its own and those of the folders above it. */
export type RuleStack = readonly Level[];

/** The rules at the root: .git/info/exclude, then .gitignore. */
export function rootRules(root: string): RuleStack {
	const exclude = readRules(join(root, ".git", "info", "exclude"), "");
	return withFolderRules(exclude ? [exclude] : [], root, "");
}

/** Adds the folder's own .gitignore to the rules above it. `prefix`: the folder, relative, with a trailing slash. */
export function withFolderRules(stack: RuleStack, root: string, prefix: string): RuleStack {
	const own = readRules(join(root, prefix, ".gitignore"), prefix);
	return own ? [...stack, own] : stack;
}

/** Whether the path (a folder: with a trailing slash) is ignored. Its parents are known not to be. */
export function isIgnored(stack: RuleStack, path: string): boolean {
	for (let at = stack.length - 1; at >= 0; at--) {
		const level = stack[at];
		if (!level) continue;
		const verdict = level.rules.test(path.slice(level.prefix.length));
		if (verdict.ignored) return true;
		if (verdict.unignored) return false;
	}
	return false;
}

function readRules(file: string, prefix: string): Level | undefined {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
	// git compares case-sensitively wherever the file system does.
	return { prefix, rules: ignore({ ignorecase: false, allowRelativePaths: true }).add(text) };
}
