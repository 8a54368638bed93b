/** JSON that people edit: what is wrong with it is told by line and column. */
import { messageOf } from "./problem.js";

/**
 * Reads JSON.
 * @throws Error whose message says where it goes wrong
 */
export function parseJson(text: string): unknown {
	const plain = text.replace(/^\uFEFF/, "");
	if (plain.trim() === "") throw new Error("it is empty");
	try {
		return JSON.parse(plain);
	} catch (error) {
		const said = messageOf(error);
		const stated = /at position (?<position>\d+)/.exec(said)?.groups?.position;
		const position = stated === undefined ? plain.trimEnd().length : Number(stated);
		const lines = plain.slice(0, position).split("\n");
		const what = said
			.replace(/ (?:in JSON )?at position \d+.*$/s, "")
			.replace(/^Unexpected end of JSON input$/, "it ends too early");
		throw new Error(`line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}: ${what}`);
	}
}
