/** What the paths of two sources say of their programs: whether they live together, apart, or aside. */
import { baseOf, folderOf } from "../model/paths.js";

/** Words in names of folders and files that do not say which program or database it is. */
const GENERIC = new Set(
	`prisma drizzle alembic supabase typeorm knex db dbs database databases data migration migrations migrate versions revision revisions
	src lib libs app apps server backend frontend web client worker package packages service services microservices module modules
	schema schemas model models entity entities table tables sql postgres postgresql pg script scripts api core common shared internal
	infra infrastructure deploy deployment docker initdb init setup create structure dump latest full all base main index default
	persistence storage store orm config resources`.split(/\s+/),
);

/** Folders of what is beside the program itself: it has a schema of its own, or plays with a piece of the real one. */
const ASIDE =
	/(?:^|\/)(?:__)?(?:tests?|testing|testdata|fixtures?|mocks?|e2e|specs?|examples?|samples?|demos?|playground|sandbox|templates?|boilerplates?|starters?|tutorials?|docs?|bench(?:marks?)?)(?:__)?(?=\/|$)/i;

/** Whether a folder or file name says nothing about which database it is: `db`, `database_migrations`, `01-init`. */
export function isGeneric(name: string): boolean {
	const words = name
		.replace(/\.[a-z]+$/i, "")
		.replace(/([a-z0-9])([A-Z])/g, "$1_$2")
		.toLowerCase()
		.split(/[^a-z]+/);
	return words.every((word) => word === "" || GENERIC.has(word));
}

/** How two sources lie to each other. */
export type Neighbourhood = "aside" | "home" | "apart" | "project";

/**
 * `home`: one lies in or beside the other's folder. `apart`: they lie in folders of two programs (`services/billing`,
 * `services/search`). `aside`: one lies among tests or examples. `project`: nothing is known but that it is one project.
 */
export function neighbourhood(a: string, b: string): Neighbourhood {
	if (a === b) return "home";
	if (asideOf(a) !== asideOf(b)) return "aside";
	if (areApart(programOf(a), programOf(b))) return "apart";
	return atHome(a, b) ? "home" : "project";
}

/** The folder among tests, examples or the like that the path lies in; "" if it lies in none. */
function asideOf(path: string): string {
	const found = ASIDE.exec(path);
	return found ? path.slice(0, found.index + found[0].length) : "";
}

/** The folders of the path that tell its program. */
function programOf(path: string): string[] {
	const folders = isFile(path) ? folderOf(path) : path;
	return folders.split("/").filter((part) => part !== "" && part !== "." && !isGeneric(part));
}

function areApart(a: readonly string[], b: readonly string[]): boolean {
	const length = Math.min(a.length, b.length);
	return a.slice(0, length).join("/") !== b.slice(0, length).join("/");
}

function atHome(a: string, b: string): boolean {
	const [left, right] = [folderOf(a), folderOf(b)];
	if (left === "" || right === "") return false;
	const nested = left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
	// Two schemas of one folder, each with a name of its own: `schemas/tenant.sql`, `schemas/control.sql`.
	const named = left === right && !isGeneric(baseOf(a)) && !isGeneric(baseOf(b));
	return nested && !named;
}

/** Whether the path ends like that of a file. */
export function isFile(path: string): boolean {
	return /\.[a-z]+$/i.test(path);
}

/** How many folders from the root on two paths share. */
export function sharedDepth(a: string, b: string): number {
	const [left, right] = [a.split("/"), b.split("/")];
	const end = left.findIndex((part, at) => part !== right[at]);
	return end === -1 ? left.length : end;
}

const PLAIN_WORDS =
	/^(?:database|db|postgres|postgresql|pg|prisma|drizzle|supabase|neon|vercel|railway|render|heroku|url|uri|dsn|connection|string|conn|direct|pooled|pooler|pooling|non|unpooled|shadow|dev|development|prod|production|local|test|staging|main|primary|master|read|readonly|replica|write|writer|next|public|private|vite|app|session|transaction)$/i;

/** What a variable's name tells of its database: `ANALYTICS_DATABASE_URL` gives `analytics`, `DATABASE_URL` gives "". */
export function databaseWord(variable: string): string {
	return variable
		.split("_")
		.filter((word) => !PLAIN_WORDS.test(word))
		.join("_")
		.toLowerCase();
}

/** What the name of a compose service tells of its database: `billing-db` gives `billing`, `db` and `db-test` give "". */
export function serviceWord(service: string): string {
	return databaseWord(service.replace(/[-.]/g, "_"));
}

/** Names that stand for one in an example: they tell nothing. */
const PLACEHOLDER =
	/^(?:(?:my|your)?_?(?:db|database|app|data|project|schema|service)?_?(?:db|name)?|user(?:name)?|example|sample|test|foo|bar|changeme|x+)$/i;

/** What the name of a database tells of it: `legal_dev` gives `legal`; `postgres` and `dbname` give "". */
export function nameWord(name: string): string {
	const word = databaseWord(name.replace(/[-.]/g, "_"));
	return PLACEHOLDER.test(word) ? "" : word;
}
