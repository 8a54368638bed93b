/** Revisions in the order in which `alembic upgrade heads` runs them, and what is wrong with their graph. */
import type { Diagnostic, Revision as Followed, Gap } from "@schemalign/core";
import type { PythonModule } from "../evaluate/module.js";
import { asString, isNone, iterate, type Value } from "../evaluate/values.js";

export interface Revision {
	readonly id: string;
	readonly path: string;
	/** `down_revision` and `depends_on`. */
	readonly parents: readonly string[];
	readonly line: number;
	readonly labelled: boolean;
	readonly module: PythonModule;
}

export interface Graph {
	readonly ordered: readonly Revision[];
	/** The same, as a snapshot has them: with the full ids of those that are there. */
	readonly followed: readonly Followed[];
	readonly gaps: readonly Gap[];
	readonly diagnostics: readonly Diagnostic[];
}

/** The revision that a module is; a text says why its place cannot be known, `undefined`: it is none. */
export function readRevision(module: PythonModule): Revision | string | undefined {
	const { scope, path } = module;
	const id = asString(scope.own("revision"));
	if (id === undefined) return scope.own("revision") ? "its revision cannot be evaluated" : undefined;
	const down = names(scope.own("down_revision"));
	const depends = names(scope.own("depends_on"));
	if (!down) return "its down_revision cannot be evaluated";
	const labels = scope.own("branch_labels");
	return {
		id,
		path,
		parents: [...down, ...(depends ?? [])],
		line: lineOf(module, "down_revision") ?? lineOf(module, "revision") ?? 1,
		labelled: labels !== undefined && !isNone(labels),
		module,
	};
}

function lineOf(module: PythonModule, name: string): number | undefined {
	return module.scope.bindings.get(name)?.[0]?.line;
}

function names(value: Value | undefined): string[] | undefined {
	if (!value || isNone(value)) return [];
	const text = asString(value);
	if (text !== undefined) return [text];
	const texts = iterate(value)?.map(asString);
	return texts?.every((each) => each !== undefined) ? texts.flatMap((each) => each ?? []) : undefined;
}

/** Orders the revisions: parents first, among equals by path. */
export function orderRevisions(revisions: readonly Revision[]): Graph {
	const sorted = [...revisions].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
	const diagnostics: Diagnostic[] = [];
	const gaps: Gap[] = [];
	const byId = new Map<string, Revision>();
	for (const revision of sorted) {
		const first = byId.get(revision.id);
		if (first) diagnostics.push(duplicate(first, revision));
		else byId.set(revision.id, revision);
	}
	const labels = new Set(sorted.flatMap((revision) => labelsOf(revision)));
	const find = (parent: string) => byId.get(parent) ?? abbreviated(parent, byId);
	for (const revision of byId.values()) {
		for (const parent of revision.parents) {
			if (find(parent) || labels.has(parent)) continue;
			diagnostics.push(missing(revision, parent));
			const why = `the revision ${parent} is not here: what it does is not known`;
			gaps.push({
				under: "*",
				kinds: [],
				why,
				at: { file: revision.path, line: revision.line },
				mayChange: true,
			});
		}
	}
	const ordered = walk(byId, find);
	const rest = [...byId.values()].filter((revision) => !ordered.includes(revision));
	const [looped] = rest;
	if (looped) {
		diagnostics.push(cycle(looped, rest));
		const why = "revisions that depend on each other in a circle never run";
		gaps.push({ under: "*", kinds: [], why, at: { file: looped.path, line: looped.line }, mayChange: true });
	}
	diagnostics.push(...severalHeads(ordered, find));
	const followed = ordered.map(({ path, id, parents }) => ({
		file: path,
		name: id,
		follows: parents.flatMap((parent) => find(parent)?.id ?? []),
	}));
	return { ordered, followed, gaps, diagnostics };
}

function labelsOf({ module }: Revision): string[] {
	return names(module.scope.own("branch_labels")) ?? [];
}

/** Alembic accepts the beginning of an id where only one has it. */
function abbreviated(id: string, byId: ReadonlyMap<string, Revision>): Revision | undefined {
	if (id.length < 4) return undefined;
	const fitting = [...byId.values()].filter((revision) => revision.id.startsWith(id));
	return fitting.length === 1 ? fitting[0] : undefined;
}

function walk(byId: ReadonlyMap<string, Revision>, find: (id: string) => Revision | undefined): Revision[] {
	const waiting = new Map<Revision, number>();
	const children = new Map<Revision, Revision[]>();
	for (const revision of byId.values()) {
		const parents = new Set(revision.parents.flatMap((parent) => find(parent) ?? []));
		waiting.set(revision, parents.size);
		for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), revision]);
	}
	// A branch is followed to its end before the next one begins: the newest that is ready comes first.
	const ready = [...waiting]
		.filter(([, count]) => count === 0)
		.map(([revision]) => revision)
		.reverse();
	const ordered: Revision[] = [];
	for (let next = ready.pop(); next; next = ready.pop()) {
		ordered.push(next);
		for (const child of [...(children.get(next) ?? [])].reverse()) {
			const left = (waiting.get(child) ?? 0) - 1;
			waiting.set(child, left);
			if (left === 0) ready.push(child);
		}
	}
	return ordered;
}

function duplicate(first: Revision, second: Revision): Diagnostic {
	return {
		code: "duplicate-migration-number",
		severity: "high",
		message: `Two revisions have the id ${first.id}`,
		why: "Alembic keeps one of them and warns: the other never runs.",
		help: "Give one of them an id of its own and correct the down_revision of what follows it.",
		at: { file: second.path, line: 1 },
		related: [{ at: { file: first.path, line: 1 }, note: "the same id" }],
	};
}

function missing(revision: Revision, parent: string): Diagnostic {
	return {
		code: "definition-cannot-run",
		severity: "critical",
		message: `${revision.id} follows the revision ${parent}, which does not exist`,
		why: "Alembic cannot build its map of revisions: `alembic upgrade` stops before it runs anything.",
		help: "Restore the revision, or correct the down_revision.",
		at: { file: revision.path, line: revision.line },
	};
}

function cycle(first: Revision, all: readonly Revision[]): Diagnostic {
	return {
		code: "definition-cannot-run",
		severity: "critical",
		message: `Revisions follow each other in a circle: ${all
			.slice(0, 5)
			.map(({ id }) => id)
			.join(", ")}`,
		why: "Alembic finds no first revision among them and refuses to run.",
		help: "Correct the down_revision of one of them.",
		at: { file: first.path, line: first.line },
		related: all
			.slice(1, 20)
			.map(({ path, line }) => ({ at: { file: path, line }, note: "part of the circle" })),
	};
}

/** `alembic upgrade head` needs one head; labelled branches are meant to have several. */
function severalHeads(
	ordered: readonly Revision[],
	find: (id: string) => Revision | undefined,
): Diagnostic[] {
	const followed = new Set(ordered.flatMap((revision) => revision.parents.map((parent) => find(parent))));
	const heads = ordered.filter((revision) => !followed.has(revision));
	const [first, ...others] = heads;
	if (!first || others.length === 0 || ordered.some(({ labelled }) => labelled)) return [];
	return [
		{
			code: "definition-cannot-run",
			severity: "high",
			message: `The revisions have ${heads.length} heads: ${heads.map(({ id }) => id).join(", ")}`,
			why: '`alembic upgrade head` stops with "Multiple head revisions are present".',
			help: "Merge them with `alembic merge heads`.",
			at: { file: first.path, line: first.line },
			related: others.map(({ path, line }) => ({ at: { file: path, line }, note: "another head" })),
		},
	];
}
