/** A comma-separated list of SQL expressions as Postgres prints it, split where no parenthesis or quote is open. */
export function splitList(text: string): string[] {
	const parts: string[] = [];
	let depth = 0;
	let start = 0;
	for (const { 0: sign, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),[\]]/g)) {
		if (sign === "(" || sign === "[") depth++;
		else if (sign === ")" || sign === "]") depth--;
		else if (sign === "," && depth === 0) {
			parts.push(text.slice(start, index).trim());
			start = index + 1;
		}
	}
	return [...parts, text.slice(start).trim()];
}
