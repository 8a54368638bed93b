/**
 * Through which driver a project's SQLAlchemy talks to Postgres, as far as its requirements and connection URLs tell, and
 * what that makes of parameters (SQLAlchemy's dialects of the same names; docs/decisions/0014-drivers.md).
 */
import { type Binding, FileProblem, folderOf, type ProjectFiles } from "@schemalign/core";

/** Where a project says what it needs, and where its connection URL tends to be. */
const REQUIREMENTS =
	/(^|\/)(requirements[^/]*\.(txt|in)|requirements\/[^/]+\.(txt|in)|pyproject\.toml|setup\.cfg|setup\.py|Pipfile)$/;
const SETTINGS =
	/(^|\/)(\.env[^/]*|alembic\.ini|(docker-)?compose[^/]*\.ya?ml|(config|settings|database|db|session|engine|base)\.py)$/;

/** Larger files hold data, and no URL. */
const TEXT_LIMIT = 200_000;
const FILE_LIMIT = 200;

/** The drivers whose dialect gives every parameter the type of the model's column, asyncpg enums as well. */
const TYPED = ["asyncpg", "psycopg", "pg8000"];

/** How the program of `file` sends its values; `undefined`: nothing says which driver it uses. */
export type BindingLookup = (file: string) => Binding | undefined;

/** Reads what the project's files say of drivers. Never throws for unreadable files. */
export async function findBindings(files: ProjectFiles): Promise<BindingLookup> {
	const byFolder = new Map<string, Set<string>>();
	const relevant = files.paths().filter((path) => REQUIREMENTS.test(path) || SETTINGS.test(path));
	for (const path of relevant.slice(0, FILE_LIMIT)) {
		const text = await readText(path, files);
		const found = REQUIREMENTS.test(path) ? required(text) : [];
		const drivers = [...found, ...connected(text)];
		if (drivers.length === 0) continue;
		const folder = folderOf(path.replace(/(^|\/)requirements\//, "$1"));
		byFolder.set(folder, new Set([...(byFolder.get(folder) ?? []), ...drivers]));
	}
	return (file) => {
		for (let folder = folderOf(file); ; folder = folderOf(folder)) {
			const drivers = byFolder.get(folder);
			if (drivers) return bindingOf(drivers);
			if (folder === "") return undefined;
		}
	};
}

async function readText(path: string, files: ProjectFiles): Promise<string> {
	try {
		const text = await files.read(path);
		return text.length > TEXT_LIMIT ? "" : text;
	} catch (error) {
		if (error instanceof FileProblem) return "";
		throw error;
	}
}

/** `asyncpg==0.30`, `"psycopg[binary]>=3"`, `psycopg2-binary = "^2.9"`: names at the begin of a line or of a text. */
function required(text: string): string[] {
	const named = text.matchAll(
		/(?:^|["'])[ \t]*(asyncpg|psycopg2?|pg8000)(?:[-_](?:binary|pool|c))?(?![\w.-])/gim,
	);
	return [...named].map(([, name]) => (name ?? "").toLowerCase());
}

/** `postgresql+asyncpg://…`; psycopg 3 is called `psycopg` there, psycopg2 by its own name. */
function connected(text: string): string[] {
	const named = text.matchAll(/postgres(?:ql)?\+(asyncpg|psycopg2?|pg8000)(?:_async)?(?=[:"'\s])/g);
	return [...named].map(([, name]) => name ?? "");
}

/** Where a project has several, each runs some of its statements: the one that types its parameters counts. */
function bindingOf(drivers: ReadonlySet<string>): Binding | undefined {
	const typed = TYPED.find((driver) => drivers.has(driver));
	if (typed === "asyncpg") return { values: "typed", enums: "typed", driver: typed };
	if (typed) return { values: "typed", enums: "inferred", driver: typed === "psycopg" ? "psycopg 3" : typed };
	return drivers.has("psycopg2") ? { values: "literal", enums: "inferred", driver: "psycopg2" } : undefined;
}
