/** What a scenario demands of the report, as data: written before the tool's answer was seen, from what is true of the repository. */
import type { Kind, Severity } from "@schemalign/core";

/** A claim of a finding that must stand in this file; with `text`, on a line of it that contains the text. */
export type ExpectedPlace = string | { readonly file: string; readonly text: string };

/** A predicate over one finding, or over one member of a folded finding: all that is stated must hold. */
export interface FindingMatch {
	readonly code?: string | readonly string[];
	readonly kind?: Kind | readonly Kind[];
	/** For an object outside tables, its name. */
	readonly table?: string | readonly string[];
	/** Any of these: the finding's column, or a column that its message names. */
	readonly column?: string | readonly string[];
	readonly aspect?: string | readonly string[];
	readonly severityAtLeast?: Severity;
	readonly severityAtMost?: Severity;
	/** Paths of sources: each must be among those that the verdict holds to deviate. */
	readonly deviating?: readonly string[];
	/** Paths of sources: each must be among those that the finding speaks of. */
	readonly sources?: readonly string[];
	readonly files?: readonly ExpectedPlace[];
	/** Over message, why, help, consequences and claims. */
	readonly text?: RegExp;
	/** How many single facts the finding folds, at least. */
	readonly members?: number;
}

export interface Expectation {
	readonly id: string;
	/** The line of the seed, or of the corrections to it, that this traces back to. */
	readonly seed: string;
	readonly statement: string;
	/** Any of these is an answer. */
	readonly match: FindingMatch | readonly FindingMatch[];
}

/** How many tables the sources under some paths (or all of `adapter:<name>`) have between them, those of others taken away. */
export interface Inventory {
	readonly id: string;
	readonly seed: string;
	readonly statement: string;
	readonly of: readonly string[];
	readonly minus?: readonly string[];
	readonly tables: number;
}

/** What the report must say of one file or folder. */
export interface ExpectedSource {
	readonly path: string;
	/** `source`: read; `copy`: a copy of another; `skipped`: named as not read; `seen`: any of these. */
	readonly as: "source" | "copy" | "skipped" | "seen";
	/** Traces of deployment that speak for it, by file. */
	readonly evidence?: readonly string[];
	/** Whether it holds the truth about its database. */
	readonly authority?: boolean;
}

export interface Scenario {
	readonly name: string;
	/** How many databases there are in the repository. */
	readonly databases: number;
	readonly sources: readonly ExpectedSource[];
	readonly inventory: readonly Inventory[];
	readonly expected: readonly Expectation[];
	/** What must not be reported above `info` (or above the stated severity). */
	readonly never: readonly Expectation[];
	/** True, but no statement of the seed: reported or not, at the tool's choice. Everything else above `info` is a false alarm. */
	readonly tolerated: readonly (FindingMatch & { readonly why: string })[];
}
