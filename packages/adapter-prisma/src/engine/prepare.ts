/**
 * The schema's text as today's engine takes it, line by line: what only older Prisma knows is rewritten, what must not
 * leave the file (URLs) is blanked. A line keeps its number, so that what the engine says of a line holds for the file.
 */
import { readAttributes, readString } from "../text/attributes.js";
import { type Block, type Line, type Scan, splitLines } from "../text/scan.js";
import type { SchemaFile } from "./protocol.js";

/** One file: `lines[n - 1]` is what the engine reads for line n; it may hold line breaks of its own. */
export interface PreparedFile {
	readonly path: string;
	readonly lines: string[];
}

export interface Prepared {
	readonly files: readonly PreparedFile[];
	/** Stand-ins for names and labels with quotes, which the engine prints unescaped, and what SQL wants in their place. */
	readonly standIns: ReadonlyMap<string, string>;
}

/** The preview features that add to what a schema can say; on for every schema, for later versions have them always. */
const FEATURES = ["views", "postgresqlExtensions", "partialIndexes"];
const FEATURES_FILE = "(features).prisma";

const SECRET = /^\s*(?:url|directUrl|shadowDatabaseUrl)\s*=/;

/** Prepares the files of one schema; `texts` and `scans` correspond. */
export function prepare(texts: readonly string[], scans: readonly Scan[]): Prepared {
	const standIns = new Map<string, string>();
	const files = scans.map((scan, index) => {
		const lines = splitLines(texts[index] ?? "");
		for (const block of scan.blocks) {
			for (const line of block.lines) lines[line.number - 1] = withoutQuotes(block, line, standIns);
			if (block.keyword === "generator") blank(lines, block);
			if (block.keyword === "datasource") rewriteDatasource(lines, block);
		}
		return { path: scan.file, lines };
	});
	return { files, standIns };
}

/** Makes all lines of the block empty. */
export function blank(lines: string[], block: Pick<Block, "line" | "end">): void {
	lines.fill("", block.line - 1, block.end);
}

/** What the engine is given. */
export function engineFiles({ files }: Prepared): SchemaFile[] {
	const features = FEATURES.map((feature) => `"${feature}"`).join(", ");
	const generator = `generator features {\n  provider = "none"\n  previewFeatures = [${features}]\n}\n`;
	return [
		...files.map(({ path, lines }) => ({ path, content: `${lines.join("\n")}\n` })),
		{ path: FEATURES_FILE, content: generator },
	];
}

/** The line of the file that the engine calls line `number`. */
export function originalLine({ lines }: PreparedFile, number: number): number {
	let read = 0;
	for (const [index, line] of lines.entries()) {
		read += line.split("\n").length;
		if (read >= number) return index + 1;
	}
	return Math.max(1, lines.length);
}

/** Puts the names back into the engine's script. */
export function withNames(script: string, { standIns }: Prepared): string {
	let text = script;
	for (const [standIn, sql] of standIns) text = text.replaceAll(standIn, () => sql);
	return text;
}

function rewriteDatasource(lines: string[], block: Block): void {
	for (const { number, text } of block.lines) {
		// On one line Prisma refuses it, which is told, and would not read the rest.
		if (number === block.line) lines[number - 1] = `datasource ${block.name} {\nprovider = "postgresql"\n}`;
		else if (SECRET.test(text)) lines[number - 1] = "";
		// `postgres`, an environment variable, a list of which one is Postgres: the reader has decided.
		else if (/^\s*provider\s*=/.test(text)) lines[number - 1] = '  provider = "postgresql"';
		// Prisma 4.4 renamed it.
		else lines[number - 1] = text.replace(/^(\s*)referentialIntegrity(\s*=)/, "$1relationMode$2");
	}
}

/** The stand-ins are of the private-use area, so that none is met by chance. */
function withoutQuotes(block: Block, { text }: Line, standIns: Map<string, string>): string {
	const isLabel = block.keyword === "enum" && !/^\s*@@/.test(text);
	const quote = isLabel ? "'" : '"';
	if (!text.includes(isLabel ? quote : '\\"') || !text.includes("map")) return text;
	let rewritten = text;
	for (const attribute of readAttributes(text)) {
		for (const { name, value } of attribute.arguments) {
			const isName = name === "map" || (attribute.name === "map" && (name ?? "name") === "name");
			const written = isName ? readString(value) : undefined;
			if (!written?.includes(quote)) continue;
			const standIn = `\uE000${standIns.size}\uE001`;
			standIns.set(standIn, written.replaceAll(quote, quote + quote));
			rewritten = rewritten.replace(value, () => `"${standIn}"`);
		}
	}
	return rewritten;
}
