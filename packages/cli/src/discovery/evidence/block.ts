/** A stretch of shell text somewhere in the project that somebody runs. */
import type { Evidence } from "@schemalign/core";

export type EvidenceWeight = Evidence["weight"];

export interface ScriptLine {
	readonly text: string;
	/** Counted from 1, in the file that holds the block. */
	readonly line: number;
}

export interface Block {
	readonly file: string;
	/** The folder that its relative paths start from. */
	readonly dir: string;
	/** The start of a sentence: "the npm script `deploy`". */
	readonly who: string;
	/** What others call it by: the npm script, make target or recipe. */
	readonly name?: string;
	readonly weight: EvidenceWeight;
	readonly lines: readonly ScriptLine[];
}

/** A file or folder that a container gets as its database's start-up script. */
export interface Mount {
	readonly file: string;
	readonly line: number;
	readonly dir: string;
	readonly path: string;
	readonly who: string;
	readonly weight: EvidenceWeight;
}

/** The blocks and mounts of one file. */
export interface Traces {
	readonly blocks: readonly Block[];
	readonly mounts: readonly Mount[];
}

const ORDER: readonly EvidenceWeight[] = ["local", "ci", "deployment"];

/** The weightier of two. */
export function weightier(a: EvidenceWeight, b: EvidenceWeight): EvidenceWeight {
	return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

const DEPLOYMENT =
	/(?:^|[^a-z])(?:deploy(?:ment)?|predeploy|postdeploy|release|prod|production|rollout|ship)(?:[^a-z]|$)/i;
const TEST = /(?:^|[^a-z])(?:test|tests|e2e|ci|integration|verify|check|lint)(?:[^a-z]|$)/i;

/** What a name says of when the thing runs; `otherwise` if nothing. */
export function weightOfName(name: string, otherwise: EvidenceWeight): EvidenceWeight {
	if (TEST.test(name)) return otherwise === "deployment" ? "ci" : otherwise;
	return DEPLOYMENT.test(name) ? "deployment" : otherwise;
}
