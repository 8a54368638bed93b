/** The chain of snapshots in one folder: each names the one that it follows. */
import { baseOf, type Origin, type SnapshotBuilder } from "@schemalign/core";

/** What one snapshot file says of its place in the chain, by its text alone: most are large and only the last is read. */
export interface Link {
	readonly file: string;
	readonly previous?: { readonly id: string; readonly line: number };
	/** The line on which the text is no JSON. */
	readonly broken?: number;
}

const PREVIOUS = /"prevId"\s*:\s*"([^"]+)"/;
/** What git leaves where two branches changed one place. */
const CONFLICT = "\n<<<<<<<";

/** Reads the link of one snapshot. */
export function linkOf(file: string, text: string): Link {
	const broken = brokenLine(text);
	if (broken !== undefined) return { file, broken };
	const found = PREVIOUS.exec(text);
	return found?.[1] === undefined
		? { file }
		: { file, previous: { id: found[1], line: lineAt(text, found.index) } };
}

function brokenLine(text: string): number | undefined {
	const conflict = text.indexOf(CONFLICT);
	if (conflict !== -1) return lineAt(text, conflict + 1);
	const end = text.trimEnd();
	return end.endsWith("}") ? undefined : end.split("\n").length;
}

function lineAt(text: string, index: number): number {
	return text.slice(0, index).split("\n").length;
}

/** Tells what makes drizzle-kit refuse to write another migration (`prepareMigrationFolder` in drizzle-kit 0.31). */
export function stateChain(builder: SnapshotBuilder, links: readonly Link[]): void {
	for (const link of links) if (link.broken !== undefined) stateBroken(builder, link.file, link.broken);
	const followers = new Map<string, { at: Origin; name: string }[]>();
	for (const { file, previous } of links) {
		if (!previous) continue;
		const follower = { at: { file, line: previous.line }, name: baseOf(file) };
		followers.set(previous.id, [...(followers.get(previous.id) ?? []), follower]);
	}
	for (const [first, ...others] of followers.values()) {
		const last = others.at(-1);
		if (!first || !last) continue;
		builder.diagnostic({
			code: "snapshot-collision",
			severity: "medium",
			message: `${[first, ...others].map(({ name }) => name).join(" and ")} follow the same snapshot: two branches each wrote a migration`,
			why: "`drizzle-kit generate` and `drizzle-kit check` stop with an error until it is resolved.",
			help: `Remove ${last.name} with its migration and its entry in the journal, and run \`drizzle-kit generate\` again.`,
			at: last.at,
			related: [first, ...others.slice(0, -1)].map(({ at }) => ({ at, note: "follows the same one" })),
		});
	}
}

/** A snapshot that is no JSON. */
export function stateBroken(builder: SnapshotBuilder, file: string, line: number): void {
	builder.diagnostic({
		code: "snapshot-malformed",
		severity: "medium",
		message: `${file} is not valid JSON`,
		why: "`drizzle-kit generate` and `drizzle-kit check` stop with an error.",
		help: "Restore the file from the commit that added it, or remove the migration with its snapshot and its entry in the journal and run `drizzle-kit generate` again.",
		at: { file, line },
	});
}
