/**
 * What is one source: the tables of one MetaData (a declarative Base) within one service. Bases that live outside of
 * the repository, SQLModel's one metadata and copies of a models file belong to the service that their files are in.
 */
import { commonFolder, folderOf, type SourceDescriptor } from "@schemalign/core";
import { isLibraryPath } from "../libraries/libraries.js";
import { knownValue, type TableModel } from "../sqlalchemy/model.js";
import type { Analysis } from "./project.js";

export interface Group {
	/** Unique in the project: metadata and service. */
	readonly key: string;
	/** What the base is called. */
	readonly name: string;
	readonly tables: readonly TableModel[];
	/** The files in which the tables stand. */
	readonly files: readonly string[];
	readonly path: string;
	readonly label: string;
}

/** Files that make their folder a project of its own. */
const PROJECT_FILE = /(^|\/)(pyproject\.toml|setup\.py|setup\.cfg|requirements[^/]*\.txt|Pipfile)$/;

/** The folders that are Python projects. */
function projectFolders(paths: readonly string[]): ReadonlySet<string> {
	return new Set(paths.filter((path) => PROJECT_FILE.test(path)).map(folderOf));
}

function serviceOf(file: string, projects: ReadonlySet<string>): string {
	for (let folder = folderOf(file); folder !== ""; folder = folderOf(folder)) {
		if (projects.has(folder)) return folder;
	}
	return "";
}

/** The groups of an analysis, ordered by path. */
export function groupTables(analysis: Analysis, paths: readonly string[]): Group[] {
	const projects = projectFolders(paths);
	const byKey = new Map<string, TableModel[]>();
	for (const table of analysis.collection.tables) {
		const service = serviceOf(table.at.file, projects);
		// Without a base in the repository, the folder is all that holds a service's models together.
		const key = `${table.metadata.key} in ${service}`;
		byKey.set(key, [...(byKey.get(key) ?? []), table]);
	}
	const groups = [...byKey].flatMap(([key, tables]) => splitCopies(key, tables, analysis));
	return groups.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.key < b.key ? -1 : 1));
}

/**
 * Two files that map the same tables on one base cannot be loaded together. If neither imports the other, and no module
 * imports both, they are copies or alternatives: sources of their own.
 */
function splitCopies(key: string, tables: readonly TableModel[], analysis: Analysis): Group[] {
	const files = [...new Set(tables.map((table) => table.at.file))];
	const parts: { files: Set<string>; names: Set<string> }[] = [];
	for (const file of files) {
		const names = new Set(tables.filter((table) => table.at.file === file).flatMap(nameOf));
		const home = parts.find(
			(part) =>
				![...names].some((name) => part.names.has(name)) ||
				[...part.files].some((other) => together(file, other, analysis)),
		);
		if (home) {
			home.files.add(file);
			for (const name of names) home.names.add(name);
		} else parts.push({ files: new Set([file]), names });
	}
	return parts.map((part, at) => {
		const own = tables.filter((table) => part.files.has(table.at.file));
		return makeGroup(at === 0 ? key : `${key} (${[...part.files][0]})`, own);
	});
}

function nameOf(table: TableModel): string[] {
	const [schema, name] = [knownValue(table.schema), knownValue(table.name)];
	return name === undefined || table.extendExisting ? [] : [`${schema ?? "?"}.${name}`];
}

/** Whether one program surely loads both files. */
function together(a: string, b: string, { modules }: Analysis): boolean {
	if (a === b) return true;
	const imports = (from: string, to: string) =>
		modules.find((module) => module.path === from)?.uses.has(to) ?? false;
	if (imports(a, b) || imports(b, a)) return true;
	return modules.some((module) => module.uses.has(a) && module.uses.has(b));
}

function makeGroup(key: string, tables: readonly TableModel[]): Group {
	const files = [...new Set(tables.map((table) => table.at.file))].sort();
	const [first] = tables;
	const path = files.length === 1 ? (files[0] ?? "") : commonFolder(files);
	return {
		key,
		name: first?.metadata.name ?? "Base",
		tables,
		files,
		path: path || ".",
		label: labelOf(first),
	};
}

function labelOf(table: TableModel | undefined): string {
	if (table?.metadata.key === "sqlmodel" || table?.metadata.name === "SQLModel") return "SQLModel models";
	if (table?.metadata.name === "db") return "Flask-SQLAlchemy models";
	return "SQLAlchemy models";
}

/** All files that the reading of a group's tables went into, the base's and what that imports included. */
export function consultedFiles(group: Group, analysis: Analysis): ReadonlySet<string> {
	const found = new Set<string>();
	const queue = group.tables.flatMap((table) => [...table.files]);
	for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
		if (found.has(file) || file.endsWith("/") || isLibraryPath(file)) continue;
		found.add(file);
		const module = analysis.workspace.file(file) ? analysis.workspace.module(file) : undefined;
		queue.push(...(module?.uses ?? []));
	}
	return found;
}

/** Everything that says something about a group's tables: their files, and those of mixins, enums and constants. */
function contributingFiles(group: Group, analysis: Analysis): string[] {
	const found = new Set<string>();
	const queue = group.tables.flatMap((table) => [...table.files]);
	const bases = new Set(group.tables.map((table) => table.metadata.at.file));
	for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
		if (found.has(file) || isLibraryPath(file)) continue;
		found.add(file);
		const module = analysis.workspace.file(file) ? analysis.workspace.module(file) : undefined;
		// What the base's module uses (settings, engines) says nothing about the tables.
		if (module && !(bases.has(file) && !group.files.includes(file))) queue.push(...module.uses);
	}
	const tables = new Set(group.files);
	for (const base of bases) {
		const holdsColumns = group.tables.some((table) => table.files.has(base));
		if (!tables.has(base) && !holdsColumns) found.delete(base);
	}
	return [...found].filter((file) => !file.endsWith("/")).sort();
}

/** The descriptors of groups, with ids that are unique. */
export function describeGroups(groups: readonly Group[], analysis: Analysis): SourceDescriptor[] {
	const taken = new Set<string>();
	return groups.map((group) => {
		const shared = groups.filter((other) => other.path === group.path).length > 1;
		let id = `python:${group.path}${shared ? `#${group.name}` : ""}`;
		for (let n = 2; taken.has(id); n++) id = `python:${group.path}#${group.name}-${n}`;
		taken.add(id);
		return {
			id,
			adapter: "python",
			role: "model",
			path: group.path,
			files: contributingFiles(group, analysis),
			label: group.label,
			options: { key: group.key, ...(shared ? { base: group.name } : {}) },
		};
	});
}

/** Libraries that bring another database's dialect. */
const OTHER_DIALECT =
	/^\s*(?:from|import)\s+(clickhouse|snowflake|sqlalchemy_bigquery|pybigquery|sqlalchemy_redshift|databricks|duckdb_engine|trino|pyhive)/m;

/** The other database that a group's tables are for: by their types, or by what all of their files import. */
export function foreignDialect(group: Group, analysis: Analysis): string | undefined {
	const [byType] = group.tables.flatMap((table) =>
		table.columns.flatMap((column) => column.type.foreign ?? []),
	);
	if (byType) return byType;
	const imported = group.files.map((path) => {
		const file = analysis.workspace.file(path);
		return file && "text" in file ? OTHER_DIALECT.exec(file.text)?.[1] : undefined;
	});
	return imported.every((name) => name !== undefined) ? imported[0] : undefined;
}

/** `"sqlite"` where an engine is made for a literal SQLite URL, and no file near the models speaks of Postgres. */
export function sqliteOnly(
	group: Group,
	analysis: Analysis,
	candidates: readonly string[],
): string | undefined {
	const near = candidates.filter((path) =>
		path.startsWith(group.path === "." ? "" : `${folderOf(group.path)}`),
	);
	const texts = [...new Set([...consultedFiles(group, analysis), ...near])].flatMap((path) => {
		const file = analysis.workspace.file(path);
		return file && "text" in file ? [file.text] : [];
	});
	const sqlite = texts.some((text) => /create_(async_)?engine\(\s*["']sqlite/.test(text));
	return sqlite && !texts.some((text) => /postgres|psycopg|asyncpg/i.test(text)) ? "sqlite" : undefined;
}
