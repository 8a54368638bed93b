/** Glob patterns as configurations of TypeScript tools have them. */

const SPECIAL = /[.+^$()|\\]/g;

/** Whether the text has a wildcard. */
export function isGlob(pattern: string): boolean {
	return /[*?{}[\]!]/.test(pattern);
}

/** A regular expression for a pattern with `*`, `**`, `?`, `{a,b}` and `[ab]`, against relative paths. */
export function globExpression(pattern: string): RegExp {
	let source = "";
	let depth = 0;
	for (let at = 0; at < pattern.length; at++) {
		const rest = pattern.slice(at);
		const symbol = pattern.charAt(at);
		const set = /^\[(!?)([^\]]+)\]/.exec(rest);
		if (rest.startsWith("**/")) {
			source += "(?:.*/)?";
			at += 2;
		} else if (rest.startsWith("**")) {
			source += ".*";
			at += 1;
		} else if (symbol === "*") source += "[^/]*";
		else if (symbol === "?") source += "[^/]";
		else if (set) {
			source += `[${set[1] ? "^" : ""}${(set[2] ?? "").replace(/[\\\]^]/g, "\\$&")}]`;
			at += set[0].length - 1;
		} else if (symbol === "{") {
			source += "(?:";
			depth++;
		} else if (symbol === "}" && depth > 0) {
			source += ")";
			depth--;
		} else if (symbol === "," && depth > 0) source += "|";
		else source += symbol.replace(SPECIAL, "\\$&");
	}
	return new RegExp(`^${source}${")".repeat(depth)}$`);
}
