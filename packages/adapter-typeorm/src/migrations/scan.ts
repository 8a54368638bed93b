/** What a file of migrations is, by its text alone. */

export const MIGRATION_FILE = /(?<!\.d)\.[cm]?[jt]s$/;
/** What a file needs to have in it to be looked at. */
export const MARKERS = ["Migration", "queryRunner"];

const INTERFACE = /\bclass\s+[\w$]+\s+(?:extends\s+[\w$.]+\s+)?implements\s+[^{]*\bMigrationInterface\b/;
const PLAIN =
	/\bclass\s+[\w$]*\d{13}\b(?:\s+extends\s+[\w$.]+)?\s*\{[\s\S]*\bup\s*\(\s*[\w$]+\s*(?::[^)]*)?\)/;
const DERIVED = /\bclass\s+[\w$]*\d{13}\b\s+extends\s+[\w$.]+/;
const WRAPPED =
	/\bclass\s+[\w$]*\d{10,13}\b\s+implements\s+(?!MigrationInterface\b)([\w$]+)[\s\S]*\bup\s*\(\s*\{/;

/** `typeorm`: a migration as TypeORM runs it. `wrapped`: one whose `up` a program of its own calls. */
export type Form = "typeorm" | "wrapped";

/** Whether a text holds a migration class, and of what form. */
export function formOf(text: string): Form | undefined {
	if (WRAPPED.test(text)) return "wrapped";
	return INTERFACE.test(text) || PLAIN.test(text) || DERIVED.test(text) ? "typeorm" : undefined;
}

const POSTGRES =
	/\bserial\b|uuid_generate_v4|gen_random_uuid|character varying|timestamp with(?:out)? time zone|timestamptz|\bjsonb\b|create type|"public"\.|create extension|\$1\b|::\w|\bbytea\b|nextval\(|"?type"?:\s*["'`]postgres/i;
const OTHERS: readonly (readonly [RegExp, string])[] = [
	[/\bauto_increment\b|engine\s*=\s*innodb|\\`\w/i, "MySQL"],
	[/\bautoincrement\b|datetime\('now'\)|\bpragma\s+\w/i, "SQLite"],
	[/\bnvarchar\b|\bidentity\(1\s*,\s*1\)|\[dbo\]|"dbo"/i, "SQL Server"],
];

/** The database that SQL is for, where it is surely not Postgres. */
export function dialectOf(texts: readonly string[]): string | undefined {
	if (texts.some((text) => POSTGRES.test(text))) return undefined;
	return OTHERS.find(([words]) => texts.some((text) => words.test(text)))?.[1];
}

const SKIPPED: readonly (readonly [RegExp, string])[] = [
	[/^(?:.*\/)?node_modules(?=\/)/, "installed packages, not this project's migrations"],
	[/^(?:.*\/)?(?:dist|build|\.next|coverage)(?=\/)/, "built from other files"],
	[
		/^(?:.*\/)?(?:tests?|__tests__|testing|fixtures|e2e|__mocks__)(?=\/)/i,
		"tests: their migrations are not the application's",
	],
	[
		/^(?:.*\/)?[^/]*\.(?:test|spec|e2e-spec)\.[cm]?[jt]sx?$/i,
		"tests: their migrations are not the application's",
	],
	[/^(?:.*\/)?(?:docs?|examples?|samples?|templates?)(?=\/)/i, "documentation or examples"],
];

/** Why a path is not a migration of the project; `undefined`: it may be one. */
export function skipByPath(path: string): { readonly path: string; readonly why: string } | undefined {
	for (const [rule, why] of SKIPPED) {
		const match = rule.exec(path);
		if (match) return { path: match[0], why };
	}
	return undefined;
}
