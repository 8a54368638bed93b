import type { DefaultValue, Diagnostic, Json, Snapshot } from "@schemalign/core";
import { readScripts } from "../src/index.js";

export const testHead = {
	source: "sql:test",
	adapter: "sql",
	role: "definition",
	path: "test",
	capabilities: { kinds: {}, aspects: {} },
} as const;

/** Reads scripts as one source: a single text, or texts by file name in their order. */
export function readSql(scripts: string | Readonly<Record<string, string>>): Promise<Snapshot> {
	const files = typeof scripts === "string" ? { "a.sql": scripts } : scripts;
	return readScripts({
		head: testHead,
		scripts: Object.entries(files).map(([file, text]) => ({ file, text })),
	});
}

/** The stated value of an aspect; `undefined`: no such entity or nothing stated. */
export function statedValue(
	snapshot: Snapshot,
	address: string,
	aspect: string,
): Json | DefaultValue | undefined {
	const fact = snapshot.entities.find((entity) => entity.address === address)?.facts[aspect];
	return fact && "value" in fact ? fact.value : undefined;
}

/** The line of an aspect, as `file:line`. */
export function lineOf(snapshot: Snapshot, address: string, aspect?: string): string | undefined {
	const entity = snapshot.entities.find((candidate) => candidate.address === address);
	const at = aspect === undefined ? entity?.at : entity?.facts[aspect]?.at;
	return at && `${at.file}:${at.line}`;
}

export function addresses(snapshot: Snapshot, kind: string): string[] {
	return snapshot.entities.filter((entity) => entity.kind === kind).map((entity) => entity.address);
}

export function diagnostics(snapshot: Snapshot, code: string): Diagnostic[] {
	return snapshot.diagnostics.filter((diagnostic) => diagnostic.code === code);
}
