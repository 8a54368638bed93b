/** What a file of SQL is, by a look at its text: no parser is loaded for this. */
import { includesIn } from "../script/includes.js";

/** The text without comments and with empty string literals and bodies: only what is said in SQL itself. */
function bareSql(text: string): string {
	return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g, (match) =>
		match.startsWith("--") || match.startsWith("/*") ? " " : "''",
	);
}

const DIALECTS: readonly { readonly name: string; readonly signs: readonly RegExp[] }[] = [
	{
		name: "ClickHouse",
		signs: [/\bengine\s*=?\s*(?:replicated|replacing|summing|aggregating|collapsing)?mergetree\b/i],
	},
	{ name: "Cassandra", signs: [/\bcreate\s+keyspace\b/i, /\bwith\s+clustering\s+order\b/i] },
	{
		name: "MySQL",
		signs: [
			/\bauto_increment\b/i,
			/\bengine\s*=\s*\w+/i,
			/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?`/i,
			/`\w+`\s+\w+/,
		],
	},
	{
		name: "SQLite",
		signs: [
			/\bautoincrement\b/i,
			/^\s*pragma\s+\w+/im,
			/\bwithout\s+rowid\b/i,
			/\b(?:strftime|unixepoch|julianday)\s*\(/i,
			/\w+"?\s+blob\b/i,
		],
	},
	{
		name: "SQL Server",
		signs: [
			/^\s*go\s*$/im,
			/\[dbo\]|\bcreate\s+table\s+\[/i,
			/\bnvarchar\s*\(\s*max\s*\)/i,
			/\bidentity\s*\(\s*\d+\s*,\s*\d+\s*\)/i,
			/\buniqueidentifier\b/i,
		],
	},
	{ name: "Oracle", signs: [/\bvarchar2\s*\(/i, /\bnumber\s*\(\s*\d+/i] },
	{
		name: "Snowflake",
		signs: [/\bcreate\s+or\s+replace\s+(?:transient\s+)?table\b/i, /\bvariant\b\s*[,)]/i],
	},
	{ name: "BigQuery", signs: [/\b(?:int64|float64)\b/i, /\bstruct\s*</i, /`[\w-]+\.[\w-]+\.\w+`/] },
];

const POSTGRES =
	/\b(?:bigserial|serial|jsonb|timestamptz|bytea|gen_random_uuid|uuid_generate_v4|plpgsql|tsvector|create\s+extension|text\s*\[\s*\]|create\s+type\s+\S+\s+as\s+enum|alter\s+table\s+only|generated\s+(?:always|by\s+default)\s+as\s+identity)\b|::\w+|using\s+(?:gin|gist|btree|hnsw|ivfflat)\b/gi;

/** The other database that the text is written for; `undefined`: Postgres, or nothing says otherwise. */
function otherDialect(bare: string): string | undefined {
	const own = bare.match(POSTGRES)?.length ?? 0;
	let best: { name: string; score: number } | undefined;
	for (const { name, signs } of DIALECTS) {
		const score = signs.reduce((sum, sign) => {
			const found = bare.match(new RegExp(sign.source, `${sign.flags.replace("g", "")}g`))?.length ?? 0;
			return sum + found;
		}, 0);
		if (score > (best?.score ?? 0)) best = { name, score };
	}
	return best && best.score > own ? best.name : undefined;
}

const IDENTIFIER = `(?:"(?:[^"]|"")+"|[A-Za-z_][\\w$]*)`;
const CREATE_TABLE = new RegExp(
	`\\bcreate\\s+(?:unlogged\\s+|foreign\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(?:${IDENTIFIER}\\s*\\.\\s*)?(${IDENTIFIER})`,
	"gi",
);
const NEEDED = new RegExp(
	`\\b(?:references|alter\\s+table(?:\\s+if\\s+exists)?(?:\\s+only)?|on(?:\\s+only)?(?=\\s+(?:${IDENTIFIER}\\s*\\.\\s*)?${IDENTIFIER}\\s*(?:using\\b|\\()))\\s+(?:${IDENTIFIER}\\s*\\.\\s*)?(${IDENTIFIER})`,
	"gi",
);

export interface SqlContent {
	/** The tables that it creates, unqualified. */
	readonly creates: ReadonlySet<string>;
	/** All of these are filled from queries (`CREATE TABLE … AS`): results, whose columns the queries decide. */
	readonly computes: boolean;
	/** The tables that it refers to or alters and does not create. */
	readonly needs: ReadonlySet<string>;
	/** It changes tables. */
	readonly alters: boolean;
	/** It creates types, views, functions or the like. */
	readonly defines: boolean;
	readonly empty: boolean;
	readonly dump: boolean;
	/** It creates nothing but stand-ins for Postgres's own views, as query compilers want them. */
	readonly stubs: boolean;
	/** It holds queries for a compiler (sqlc): what it creates only tells that one their types. */
	readonly queries: boolean;
	readonly dialect?: string;
	/** The commands of psql that include other files. */
	readonly includes: readonly string[];
}

/** What Prisma writes above every difference: it is there in every database. */
const PUBLIC_SCHEMA = /\bcreate\s+schema\s+(?:if\s+not\s+exists\s+)?"?public"?(?=\s|;|$)/gi;

/** A look at one file's text. */
export function lookAt(text: string): SqlContent {
	const bare = bareSql(text);
	const creates = new Set(names(bare, CREATE_TABLE));
	const dialect = otherDialect(bare);
	return {
		creates,
		computes: creates.size > 0 && [...bare.matchAll(CREATE_TABLE)].every((match) => isComputed(bare, match)),
		needs: new Set(names(bare, NEEDED).filter((name) => !creates.has(name))),
		alters: /\balter\s+table\b|\bcreate\s+(?:unique\s+)?index\b/i.test(bare),
		defines:
			/\b(?:create|alter)\s+(?:or\s+replace\s+)?(?:materialized\s+)?(?:type|domain|view|function|procedure|trigger|policy|sequence|schema|extension)\b|^\s*do\b/im.test(
				bare.replace(PUBLIC_SCHEMA, ""),
			),
		empty: bare.trim() === "",
		stubs: onlyStubs(bare),
		queries: /^\s*(?:--|\/\*)\s*name:\s*\w+\s+:(?:one|many|exec\w*|batch\w+|copyfrom)\b/m.test(text),
		dump: /^-- PostgreSQL database (?:cluster )?dump/m.test(text.slice(0, 4000)),
		...(dialect ? { dialect } : {}),
		includes: includesIn(text),
	};
}

/** Whether `AS` and a query follow the name of the created table, with nothing but storage settings before it. */
function isComputed(bare: string, { index, 0: head }: RegExpExecArray): boolean {
	return /^\s*(?:with\s*\([^)]*\)\s*|tablespace\s+\w+\s*)*as\b/i.test(
		bare.slice(index + head.length).slice(0, 400),
	);
}

const CREATED = new RegExp(
	`\\bcreate\\s+(?:or\\s+replace\\s+)?(?:unlogged\\s+)?(table|(?:materialized\\s+)?view|type|function|index|sequence|trigger|schema)\\s+(?:if\\s+not\\s+exists\\s+)?(?:${IDENTIFIER}\\s*\\.\\s*)?(${IDENTIFIER})`,
	"gi",
);

function onlyStubs(bare: string): boolean {
	const created = [...bare.matchAll(CREATED)];
	return (
		created.length > 0 &&
		created.every(([, kind = "", name = ""]) => /table|view/i.test(kind) && /^"?pg_/.test(name))
	);
}

function names(bare: string, pattern: RegExp): string[] {
	return [...bare.matchAll(pattern)].map((match) => {
		const name = match[1] ?? "";
		return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
	});
}
