/** The body of a function as it is compared: without comments, blanks folded. */

/** Comments and white space, or a token: quoted text, a word, a single sign. */
const TOKEN =
	/(--[^\n]*|\/\*[\s\S]*?\*\/|\s+)|([eE]'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\3\$|[\w\u0080-\uffff]+|[\s\S])/g;

/**
 * The body without what does not change what it does: comments, the amount of white space and a last semicolon. Only in
 * SQL and PL/pgSQL: other languages have their own rules (in Python the white space counts).
 */
export function functionBody(text: string, language: string): string {
	if (language !== "sql" && language !== "plpgsql") return text.trim();
	let result = "";
	let apart = false;
	for (const [, blank, token] of text.matchAll(TOKEN)) {
		if (blank !== undefined || token === undefined) {
			apart = true;
			continue;
		}
		result += spaceBetween(result.at(-1), token, apart) + quotedSql(token);
		apart = false;
	}
	return result.replace(/;$/, "");
}

/** A statement over several lines in quotes, to be executed, is laid out as freely as the body. */
function quotedSql(token: string): string {
	const statement = /^'\s*(?:select|with|insert|update|delete|create|alter|drop)\b/i;
	return token.includes("\n") && statement.test(token)
		? `'${functionBody(token.slice(1, -1), "sql")}'`
		: token;
}

function spaceBetween(last: string | undefined, token: string, apart: boolean): string {
	if (last === undefined || last === "(" || /^[),;]/.test(token)) return "";
	if (last === "," || last === ";") return " ";
	if (token === "(") return "";
	return apart || (last === ")" && /^[\w"'$]/.test(token)) ? " " : "";
}
