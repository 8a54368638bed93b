/** Placeholders and tags of template languages: what a program fills in before it runs a script. */

/** `${name}`, `{{name}}`, `{% tag %}`, `:name`, `:'name'`, `:"name"`, `%(name)s`, `@name@`. */
const PLACEHOLDER =
	/\$\{[^}]{0,500}\}|\{\{[^}]{0,500}\}\}|\{%[^}]{0,500}%\}|(?<![:\w]):(?:'\w+'|"\w+"|[A-Za-z_]\w*)|%\(\w+\)s|@@?\w+@?/;

/** The first placeholder in a text that a program fills in before it runs. */
export function placeholderIn(sql: string): string | undefined {
	const code = sql
		.replace(/--[^\n]*/g, "")
		.replace(/'(?:[^']|'')*'/g, (text) => (/\$\{|\{\{|\{%/.test(text) ? text : "''"));
	return PLACEHOLDER.exec(code)?.[0];
}

const IN_NAME = /"[^"]{0,200}(?:\$\{[^"}]{0,200}\}|\{\{[^"}]{0,200}\}\}|\{%[^"%]{0,200}%\})[^"]{0,200}"/;

/** A placeholder within a quoted name, which the parser would take for the name itself. */
export function placeholderInName(sql: string): string | undefined {
	if (!IN_NAME.test(sql)) return undefined;
	const code = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g, " ");
	return IN_NAME.exec(code)?.[0];
}

const TAG = /\{%[^}]{0,2000}%\}|\{\{[^}]{0,2000}\}\}/g;
const OPENS = /^\{[%{][-+~]?\s*(?:if|ifversion|unless|for|range|with|macro|block|define|call|filter)\b/;
const CLOSES = /^\{[%{][-+~]?\s*end\w*\b/;
const SILENT =
	/^(?:\{#|\{\{[-~]?\s*(?:\/\*|else\b|\$\w+\s*:?=)|\{%[-+~]?\s*(?:set|else|elif|elsif|import|from|raw|verbatim|extends)\b)/;

/** The blocks of a template (Jinja's, Go's) that are open while a script is gone through piece by piece. */
export class OpenTags {
	readonly #open: string[] = [];

	/** Goes over a piece of the script; answers the innermost block that was open where it began. */
	pass(sql: string): string | undefined {
		const before = this.#open.at(-1);
		if (!sql.includes("{%") && !sql.includes("{{")) return before;
		for (const [tag] of sql.matchAll(TAG)) {
			if (OPENS.test(tag)) this.#open.push(tag);
			else if (CLOSES.test(tag)) this.#open.pop();
		}
		return before;
	}

	/** Whether a tag between statements may put statements in its place. */
	inserts(tag: string): boolean {
		return !OPENS.test(tag) && !CLOSES.test(tag) && !SILENT.test(tag);
	}
}
