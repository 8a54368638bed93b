/** Folders of scripts with numbers, timestamps or dates in front of their names. */
import { baseOf, compareText, folderOf, type ProjectFiles } from "@schemalign/core";
import type { MigrationFolder } from "./folders.js";
import { byVersion, isMigrationFolder, isSchemaFolder, isUndo, joinPath, stem, versionOf } from "./paths.js";

/** Numbers, timestamps or dates in front of the names: golang-migrate, goose, dbmate, sqlx, Supabase and plain ones. */
export async function numbered(
	files: ProjectFiles,
	folder: string,
	members: readonly string[],
): Promise<MigrationFolder | undefined> {
	if (files.has(joinPath(folder, "atlas.sum"))) return atlas(files, folder, members);
	const isSupabase = /(?:^|\/)supabase\/migrations$/.test(folder);
	const variants = new Set(members.filter(isPostgresVariant).map(plainName));
	const versioned = members.filter(
		(path) => hasVersion(path, isSupabase) && (isPostgresVariant(path) || !variants.has(plainName(path))),
	);
	const undo = undoing(versioned);
	const forward = versioned.filter((path) => !undo.has(path)).sort(byVersion);
	const up = forward.filter((path) => /\.up$/i.test(stem(path)));
	const isPartly = up.length > 0 && up.length < forward.length && (await onlyRunsUp(files, folder));
	const run = isPartly ? up : forward;
	if (run.length === 0 || (run.length === 1 && !isMigrationFolder(folder))) return undefined;
	const label = isSupabase
		? "Supabase migrations"
		: up.length > 0
			? "SQL migrations (up and down)"
			: isSchemaFolder(folder)
				? "SQL schema files"
				: "SQL migrations";
	const replaced = members.filter((path) => !isPostgresVariant(path) && variants.has(plainName(path)));
	const known = new Set([...versioned, ...replaced]);
	return {
		path: folder,
		label,
		files: run,
		neverRun: isSupabase
			? members.filter((path) => !known.has(path))
			: forward.filter((path) => !run.includes(path)),
		skipped: [
			...[...undo].map((path) => ({ path, why: TAKES_BACK })),
			...replaced.map((path) => ({ path, why: "replaced by its variant for Postgres" })),
		],
	};
}

const TAKES_BACK = "takes a migration back";

/** Supabase passes over what is not named `<digits>_<name>.sql`. */
function hasVersion(path: string, isSupabase: boolean): boolean {
	return isSupabase ? /^\d+_.*\.sql$/.test(baseOf(path)) : versionOf(baseOf(path)) !== undefined;
}

/**
 * The files that take a migration back: `1_a.down.sql`, or those whose name says so beside another of the same number. One
 * that stands alone (`7_revert_prices.sql`) runs like all else.
 */
function undoing(versioned: readonly string[]): ReadonlySet<string> {
	const forward = new Set(versioned.filter((path) => !isUndo(path)).map((path) => versionOf(baseOf(path))));
	return new Set(
		versioned.filter(
			(path) =>
				isUndo(path) &&
				!/\.up$/i.test(stem(path)) &&
				(/\.(?:down|rollback|revert|undo)$/i.test(stem(path)) ||
					isUndo(`${folderOf(path)}/0`) ||
					forward.has(versionOf(baseOf(path)))),
		),
	);
}

/** golang-migrate runs nothing but `.up.sql`; sqlx also what is named plainly. Whose folder it is, the nearest manifest tells. */
async function onlyRunsUp(files: ProjectFiles, folder: string): Promise<boolean> {
	for (let at = folder; ; at = folderOf(at)) {
		if (files.has(joinPath(at, "Cargo.toml"))) return false;
		const module = joinPath(at, "go.mod");
		if (files.has(module)) return /golang-migrate/.test(await files.read(module).catch(() => ""));
		if (at === "") return false;
	}
}

const CHECKPOINT = /^(?:\s*--[^\n]*\n)*?\s*--[ \t]*atlas:checkpoint\b/;

/** Atlas: every script, by its name as text; an empty database begins with the newest checkpoint. */
async function atlas(
	files: ProjectFiles,
	folder: string,
	members: readonly string[],
): Promise<MigrationFolder> {
	const undo = members.filter((path) => /\.down$/i.test(stem(path)));
	const run = members.filter((path) => !undo.includes(path)).sort(compareText);
	let first = 0;
	for (const [at, path] of run.entries()) {
		if (CHECKPOINT.test((await files.read(path).catch(() => "")).slice(0, 4000))) first = at;
	}
	return {
		path: folder,
		label: "Atlas migrations",
		files: run.slice(first),
		neverRun: [],
		skipped: [
			...undo.map((path) => ({ path, why: TAKES_BACK })),
			...run.slice(0, first).map((path) => ({ path, why: "replaced by a checkpoint (Atlas)" })),
		],
	};
}

/** `7_users.postgres.up.sql` runs on Postgres instead of `7_users.up.sql`. */
function isPostgresVariant(path: string): boolean {
	return /\.(?:postgres(?:ql)?|pg)(?:\.|$)/i.test(stem(path));
}

function plainName(path: string): string {
	return stem(path).replace(/\.(?:postgres(?:ql)?|pg)(?=\.|$)/i, "");
}
