/** Finds the sources: which files hold models, and which of them belong together. */
import {
	type DiscoveryInput,
	type DiscoveryResult,
	FileProblem,
	folderOf,
	type ProjectFiles,
	type Skipped,
} from "@schemalign/core";
import {
	consultedFiles,
	describeGroups,
	foreignDialect,
	type Group,
	groupTables,
	sqliteOnly,
} from "./group.js";
import { type Analysis, analyse } from "./project.js";
import { isAlembic, mayHoldModels, skipByPath } from "./skip.js";

/** The last analysis of a project: reading the sources that discovery found needs no second one. */
const analyses = new WeakMap<ProjectFiles, { analysis: Analysis; groups: readonly Group[] }>();

export function knownAnalysis(files: ProjectFiles) {
	return analyses.get(files);
}

/** Never throws for bad input: a file that cannot be read is listed as skipped. */
export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const skipped = new Map<string, Skipped>();
	const candidates: string[] = [];
	const environments = input.explicit ? [] : await alembicEnvironments(input.files);
	for (const path of input.matched) {
		const judged = await judge(path, input);
		const skip = judged === undefined ? ofEnvironment(path, environments) : judged;
		if (skip) skipped.set(skip.path, skip);
		else if (skip === undefined) candidates.push(path);
	}
	if (candidates.length === 0) return { sources: [], skipped: [...skipped.values()] };
	const analysis = await analyse(input.files, candidates);
	const groups: Group[] = [];
	for (const group of groupTables(analysis, input.files.paths())) {
		const dialect = input.explicit
			? undefined
			: (foreignDialect(group, analysis) ?? sqliteOnly(group, analysis, input.matched));
		if (dialect)
			skipped.set(group.path, {
				path: group.path,
				why: `models for ${NAMES[dialect] ?? dialect}, not for Postgres`,
			});
		else groups.push(group);
	}
	analyses.set(input.files, { analysis, groups });
	for (const skip of unread(analysis, groups, candidates)) skipped.set(skip.path, skip);
	return { sources: describeGroups(groups, analysis), skipped: [...skipped.values()] };
}

/** Files with models that gave no table because they, or what they import, are no Python or cannot be read. */
function unread(analysis: Analysis, groups: readonly Group[], candidates: readonly string[]): Skipped[] {
	const told = new Set(groups.flatMap((group) => [...consultedFiles(group, analysis)]));
	const used = analysis.modules.flatMap((module) => [...module.uses]);
	const skipped: Skipped[] = [];
	for (const path of new Set([...candidates, ...used])) {
		if (told.has(path)) continue;
		const file = analysis.workspace.file(path);
		if (file instanceof FileProblem) skipped.push({ path, why: file.message });
		else if (file?.parsed.unreadable) skipped.push({ path, why: file.parsed.unreadable });
		else {
			const [error] = file?.parsed.errors ?? [];
			if (error) skipped.push({ path, why: `line ${error.line} is not Python: ${error.text}` });
		}
	}
	return skipped;
}

/** An Alembic environment and what its env.py says. */
interface Environment {
	readonly folder: string;
	readonly text: string;
}

async function alembicEnvironments(files: ProjectFiles): Promise<Environment[]> {
	const found = await Promise.all(
		files
			.paths()
			.filter((path) => /(?:^|\/)env\.py$/.test(path))
			.map(async (path) => ({ folder: folderOf(path), text: await files.read(path).catch(() => "") })),
	);
	const hasRevisions = (folder: string): boolean =>
		files.paths().some((path) => path.startsWith(`${folder}/versions/`));
	return found.filter(({ folder, text }) => folder !== "" && /alembic/.test(text) && hasRevisions(folder));
}

/** Models among the revisions are what these saw once: migrations of data need the tables of then. */
function ofEnvironment(path: string, environments: readonly Environment[]): Skipped | undefined {
	const home = environments.find(({ folder }) => path.startsWith(`${folder}/`));
	const module = path.slice(path.lastIndexOf("/") + 1).replace(/\.py$/, "");
	// Where env.py names the module, its metadata may be the program's own.
	if (!home || new RegExp(`\\b${module}\\b`).test(home.text)) return undefined;
	return { path, why: "models within an Alembic environment: what its revisions saw, not the application's" };
}

const NAMES: Readonly<Record<string, string>> = {
	mysql: "MySQL",
	mariadb: "MariaDB",
	mssql: "SQL Server",
	oracle: "Oracle",
	sqlite: "SQLite",
	clickhouse: "ClickHouse",
	snowflake: "Snowflake",
};

/** `undefined`: a candidate; `null`: none of our business; otherwise why it is skipped. */
async function judge(path: string, input: DiscoveryInput): Promise<Skipped | null | undefined> {
	const byPath = input.explicit ? undefined : skipByPath(path);
	let text: string;
	try {
		text = await input.files.read(path);
	} catch (error) {
		if (error instanceof FileProblem) return { path, why: error.message };
		throw error;
	}
	// The Alembic adapter reads these.
	if (isAlembic(path, text)) return null;
	if (!mayHoldModels(text) || !/sqlalchemy|sqlmodel|\bdb\.(Model|Column|Table)\b|Column\s*\(/.test(text))
		return null;
	return byPath;
}
