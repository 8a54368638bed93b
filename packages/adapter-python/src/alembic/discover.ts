/** Finds folders of revisions: Python files with a `revision` and a `down_revision`. */
import {
	commonFolder,
	type DiscoveryInput,
	type DiscoveryResult,
	FileProblem,
	folderOf,
	type Skipped,
	type SourceDescriptor,
} from "@schemalign/core";
import { skipByPath } from "../discover/skip.js";
import { versionLocations } from "./locations.js";

const REVISION = /^revision\b[^=\n]*=/m;
const DOWN_REVISION = /^down_revision\b[^=\n]*=/m;
const OTHER_DIALECT = /^\s*from\s+sqlalchemy\.dialects(?:\s+import\s+|\.)(mysql|mssql|oracle)\b/m;
const POSTGRES = /\bpostgresql\b/;
const NAMES: Readonly<Record<string, string>> = {
	mysql: "MySQL",
	mssql: "SQL Server",
	oracle: "Oracle",
	sqlite: "SQLite",
	mariadb: "MariaDB",
};

interface Folder {
	readonly files: string[];
	other: string | undefined;
	postgres: boolean;
}

/** Never throws for bad input. */
export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const skipped = new Map<string, Skipped>();
	const folders = new Map<string, Folder>();
	const locations = await versionLocations(input.files);
	const unreadable: Skipped[] = [];
	for (const path of input.matched) {
		let text: string;
		try {
			text = await input.files.read(path);
		} catch (error) {
			if (!(error instanceof FileProblem)) throw error;
			unreadable.push({ path, why: error.message });
			continue;
		}
		if (!REVISION.test(text) || !DOWN_REVISION.test(text)) continue;
		const skip = input.explicit ? undefined : skipByPath(path);
		if (skip) {
			const folder = folderOf(path) || path;
			skipped.set(folder, {
				path: folder,
				why: skip.why.replace(/: their models.*|, not this project's models/, ""),
			});
			continue;
		}
		const dialect = input.explicit ? undefined : dialectFolder(path);
		if (dialect) {
			skipped.set(dialect.path, {
				path: dialect.path,
				why: `Alembic revisions for ${dialect.name}, not for Postgres`,
			});
			continue;
		}
		const key = input.explicit ? input.explicit.path : (locations.get(folderOf(path)) ?? homeOf(path, input));
		const folder = folders.get(key) ?? { files: [], other: undefined, postgres: false };
		folders.set(key, folder);
		folder.files.push(path);
		folder.other ??= OTHER_DIALECT.exec(text)?.[1];
		folder.postgres ||= POSTGRES.test(text);
	}
	const scraps = input.explicit
		? []
		: [...folders].flatMap(([home, folder]) => leaveOut(home, folder, locations));
	for (const path of scraps) {
		skipped.set(path, { path, why: "beside the folder of revisions that Alembic reads: never runs" });
	}
	for (const each of unreadable) {
		// Among revisions it is most likely one of them: what it does is then a gap of theirs.
		const home = [...folders.values()].find(({ files }) =>
			files.some((file) => folderOf(file) === folderOf(each.path)),
		);
		if (home) home.files.push(each.path);
		else skipped.set(each.path, each);
	}
	const sources: SourceDescriptor[] = [];
	for (const [key, folder] of folders) {
		const path = commonFolder(folder.files) || key || ".";
		if (folder.other && !folder.postgres && !input.explicit) {
			skipped.set(path, { path, why: `Alembic revisions for ${NAMES[folder.other]}, not for Postgres` });
			continue;
		}
		sources.push({
			id: `alembic:${path}`,
			adapter: "alembic",
			role: "definition",
			path,
			files: folder.files.sort(),
			label: "Alembic revisions",
			options: {},
		});
	}
	return { sources: sources.sort((a, b) => (a.id < b.id ? -1 : 1)), skipped: [...skipped.values()] };
}

/**
 * Takes from an environment's files those that Alembic does not read: without `version_locations` it reads `versions/` below
 * `env.py` alone. Gives their folders.
 */
function leaveOut(home: string, folder: Folder, locations: ReadonlyMap<string, string>): string[] {
	const read = `${home}/versions/`;
	if ([...locations.values()].includes(home) || !folder.files.some((file) => file.startsWith(read)))
		return [];
	const out = folder.files.filter((file) => !file.startsWith(read));
	folder.files.splice(0, folder.files.length, ...folder.files.filter((file) => file.startsWith(read)));
	return [...new Set(out.map(folderOf))];
}

/** `versions/sqlite/…`: one environment with revisions for several databases. */
function dialectFolder(path: string): { path: string; name: string } | undefined {
	const match = /^(.*\/versions\/(sqlite|mysql|mssql|oracle|mariadb))\//.exec(path);
	const [, folder, name = ""] = match ?? [];
	return folder === undefined ? undefined : { path: folder, name: NAMES[name] ?? name };
}

/** The environment that a revision belongs to: the nearest folder above it with an env.py, or else its own. */
function homeOf(path: string, { files }: DiscoveryInput): string {
	for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
		if (files.has(`${folder}/env.py`)) return folder;
	}
	return folderOf(path);
}
