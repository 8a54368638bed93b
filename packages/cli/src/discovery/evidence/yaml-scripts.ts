/**
 * Shell text in YAML files, found line by line. A full parser would cost more at start-up than all the rest of the
 * evidence, and what is looked for is of few shapes: `run: …`, block scalars, lists of commands.
 */
import type { ScriptLine } from "./block.js";

export interface YamlScript {
	/** The keys that lead to the script, outermost first, by indentation. */
	readonly keys: readonly string[];
	readonly lines: readonly ScriptLine[];
}

const KEY_LINE = /^(\s*(?:-\s+)?)(["']?)([\w./-]+)\2\s*:(?:\s+(.*))?$/;

/** Every script under a key that `isScriptKey` accepts. */
export function yamlScripts(text: string, isScriptKey: (key: string) => boolean): YamlScript[] {
	const lines = text.split(/\r?\n/);
	const scripts: YamlScript[] = [];
	const open: { indent: number; key: string }[] = [];
	for (let at = 0; at < lines.length; at++) {
		const match = KEY_LINE.exec(lines[at] ?? "");
		if (!match) continue;
		const indent = (match[1] ?? "").length;
		const key = match[3] ?? "";
		while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
		open.push({ indent, key });
		if (!isScriptKey(key)) continue;
		const script = scriptAt(lines, at, indent, (match[4] ?? "").trim());
		if (script.lines.length > 0) scripts.push({ keys: open.map((one) => one.key), lines: script.lines });
		at = script.end;
	}
	return scripts;
}

function scriptAt(
	lines: readonly string[],
	at: number,
	indent: number,
	value: string,
): { lines: ScriptLine[]; end: number } {
	if (value !== "" && !/^[|>][+-]?\d*(?:\s+#.*)?$/.test(value)) {
		return { lines: [{ text: inline(value), line: at + 1 }], end: at };
	}
	const folded = value.startsWith(">");
	const found: ScriptLine[] = [];
	let end = at;
	for (let next = at + 1; next < lines.length; next++) {
		const line = lines[next] ?? "";
		if (line.trim() === "") continue;
		const own = /^\s*/.exec(line)?.[0].length ?? 0;
		const isItem = value === "" && own >= indent && /^\s*-\s/.test(line);
		if (own <= indent && !isItem) break;
		end = next;
		const text = value === "" ? inline(line.replace(/^\s*-\s+/, "").trim()) : line;
		found.push({ text: folded ? `${text} \\` : text, line: next + 1 });
	}
	return { lines: found, end };
}

/** A scalar as shell text: quotes off, a flow list of words joined. */
function inline(value: string): string {
	const quoted = /^(["'])([\s\S]*)\1$/.exec(value);
	if (quoted) return quoted[2] ?? "";
	return value.startsWith("[") ? execForm(value) : value;
}

/** `["npm", "run", "migrate"]` as one command line. */
export function execForm(list: string): string {
	const words = [...list.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].map(
		(match) => match[1] ?? match[2] ?? "",
	);
	return words.map((word) => (/[\s;&|<>#]/.test(word) ? `'${word.replaceAll("'", "")}'` : word)).join(" ");
}
