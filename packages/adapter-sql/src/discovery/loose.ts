/** Files of SQL that belong to no migration folder: schema files, dumps, scripts, and what they include. */
import { baseOf, folderOf, type ProjectFiles, type Skipped, type SourceDescriptor } from "@schemalign/core";
import { baseOfRevisions } from "./alembic-base.js";
import type { SqlContent } from "./content.js";
import { included, type LookedAt, together } from "./includes.js";
import { changesSchema, descriptor, look, sqliteCrate } from "./look.js";
import { orderByNeed } from "./need.js";
import { isErrand, isMigrationFolder, isUndo, namesEnvironment, otherDatabaseOf } from "./paths.js";

/** What `pg_dump` wrote: the picture of a database. */
export const DUMP_LABEL = "pg_dump output";

/** Adds the sources that files outside of migration folders are. */
export async function addLoose(
	files: ProjectFiles,
	paths: readonly string[],
	matched: ReadonlySet<string>,
	taken: ReadonlySet<string>,
	sources: SourceDescriptor[],
	skipped: Skipped[],
): Promise<void> {
	const folders = new Map<string, LookedAt[]>();
	const parts = await addIncluding(files, paths, matched, taken, sources, skipped);
	for (const path of paths) {
		if (parts.has(path)) continue;
		if (!matched.has(path)) {
			skipped.push({ path, why: "defines no schema: only data, queries or comments" });
			continue;
		}
		const file = await look(files, path);
		const why = whySkip(file) ?? (await sqliteCrate(files, path)) ?? (await baseOfRevisions(files, path));
		if (why) skipped.push({ path, why });
		else folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), file]);
	}
	for (const [folder, members] of folders) {
		const occupied = sources.some(({ path }) => path === (folder === "" ? "." : folder));
		sources.push(...(occupied ? members.map(single) : folderSources(folder, members)));
	}
}

/** Adds the scripts that include others as sources with these; answers all files that are thereby done with. */
async function addIncluding(
	files: ProjectFiles,
	paths: readonly string[],
	matched: ReadonlySet<string>,
	taken: ReadonlySet<string>,
	sources: SourceDescriptor[],
	skipped: Skipped[],
): Promise<ReadonlySet<string>> {
	const including: { file: LookedAt; content: SqlContent; others: readonly LookedAt[] }[] = [];
	for (const path of paths) {
		if (!matched.has(path)) continue;
		const file = await look(files, path);
		if (!file.content || file.content.includes.length === 0) continue;
		const others = await included(files, file, (each) => look(files, each));
		if (others.length > 0) including.push({ file, content: file.content, others });
	}
	const done = new Set<string>();
	for (const { file, content, others } of including) {
		if (done.has(file.path)) continue;
		const above = including.find(
			(one) => one.file !== file && one.others.some(({ path }) => path === file.path),
		);
		if (above && !others.some(({ path }) => path === above.file.path)) continue;
		const whole = { path: file.path, content: together(content, others) };
		done.add(file.path);
		const why =
			others.every(({ path }) => taken.has(path)) && !changesSchema(content)
				? "only runs files that are read as another source"
				: whySkip(whole);
		if (why) {
			skipped.push({ path: file.path, why });
			continue;
		}
		for (const { path } of others) done.add(path);
		const members = [file.path, ...others.map(({ path }) => path)];
		sources.push(descriptor(file.path, members, "SQL schema files (psql includes)", {}));
	}
	return done;
}

/** Why a file that belongs to no migration folder is no source; `undefined`: it is one. */
function whySkip({ path, content }: LookedAt): string | undefined {
	if (content === undefined) return undefined;
	if (content.empty) return "empty, or nothing but comments";
	const other = otherDatabaseOf(path);
	if (other) return `for ${other}, by its name`;
	if (content.dialect) return `written for ${content.dialect}, not for Postgres`;
	if (isUndo(path)) return "takes changes back (rollback)";
	if (content.queries) return "queries for a compiler (sqlc), and tables only as these see them";
	if (content.stubs) return "stands in for views of Postgres itself, for a query compiler";
	if (content.computes && !content.defines && !content.dump)
		return "its tables are results of queries (CREATE TABLE AS), not a schema";
	if (content.creates.size > 0) return undefined;
	if (isErrand(path)) return "an ad-hoc script by its name: it fills, checks or repairs data";
	if (!content.alters && !content.defines) return "defines no schema: only data or queries";
	if (isMigrationFolder(folderOf(path))) return undefined;
	if (content.alters && !content.defines) {
		return "changes tables but creates none: an ad-hoc script, or one step of something that lies elsewhere";
	}
	return undefined;
}

/**
 * Files of one folder that need each other are one source, in the order of need, and so are those that create functions,
 * views or the like but no table; others stand alone.
 */
function folderSources(folder: string, members: readonly LookedAt[]): SourceDescriptor[] {
	const known = members.flatMap(({ path, content }) => (content ? [{ path, content }] : []));
	const migrations = isMigrationFolder(folder);
	const path = folder === "" ? "." : folder;
	const ordered =
		known.length === members.length && known.length > 1 ? orderByNeed(known, migrations) : undefined;
	if (ordered)
		return [
			descriptor(path, ordered, migrations ? "SQL migrations" : "SQL schema files", { unordered: true }),
		];
	const routines = known.filter(({ content }) => content.creates.size === 0 && !content.dump);
	if (routines.length < 2) return members.map(single);
	const files = orderByNeed(routines, true) ?? [];
	const rest = members.filter((member) => !files.includes(member.path));
	return [descriptor(path, files, "SQL functions and views", { unordered: true }), ...rest.map(single)];
}

/** The source that one file is by itself. */
export function single({ path, content }: LookedAt): SourceDescriptor {
	if (content?.dump) {
		return descriptor(path, [path], DUMP_LABEL, {}, namesEnvironment(path) ? "database" : "definition");
	}
	const script = /^create[_-]|[_-]create[_-]/i.test(baseOf(path));
	return descriptor(path, [path], script ? "create-table script" : "SQL schema file", {});
}
