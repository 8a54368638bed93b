/** Repositories of four sources or so, of several roles, and who is right in them. */
import type { GeneratedSchema } from "./model.js";
import type { Mutation } from "./mutate.js";
import { LANGUAGES, type LanguageName, repositoryFiles } from "./repository.js";

/** Which sources stand beside the changed one. */
export interface Mix {
	readonly what: string;
	readonly languages: readonly LanguageName[];
	/** The source that holds the truth; without one the majority decides. */
	readonly authority?: LanguageName;
	/** Files that tell of roles and deployment. */
	readonly beside: Readonly<Record<string, string>>;
	/** A language whose source lies in further places too, each as it is. */
	readonly copies?: { readonly of: LanguageName; readonly from: string; readonly to: readonly string[] };
}

const DEPLOYS_THE_DUMP = `on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: psql "$DATABASE_URL" -f db/structure.sql
`;

export const MIXES: readonly Mix[] = [
	{
		what: "three models and what creates the database",
		languages: ["sql", "prisma", "drizzle", "sqlalchemy"],
		authority: "sql",
		beside: {},
	},
	{
		what: "two definitions, of which nothing tells which one runs, and two models",
		languages: ["sql", "dump", "prisma", "sqlalchemy"],
		beside: {},
	},
	{
		what: "two definitions, one of which deployment runs, and two models",
		languages: ["alembic", "dump", "drizzle", "sqlalchemy"],
		authority: "dump",
		beside: { ".github/workflows/deploy.yml": DEPLOYS_THE_DUMP },
	},
	{
		what: "three models, one of them in three copies",
		languages: ["prisma", "drizzle", "sqlalchemy"],
		beside: {},
		copies: {
			of: "prisma",
			from: "services/gateway/prisma/schema.prisma",
			to: ["services/reports/prisma/schema.prisma", "services/mailer/prisma/schema.prisma"],
		},
	},
	{
		what: "the picture of a live database, what creates it, and two models",
		languages: ["dump", "sql", "prisma", "drizzle"],
		authority: "dump",
		beside: {
			"schemalign.config.json": JSON.stringify({ sources: [{ path: "db/structure.sql", role: "database" }] }),
		},
	},
];

/** The repository of the mix in which one language has the changed schema. */
export function mixedFiles(
	{ languages, beside, copies }: Mix,
	schema: GeneratedSchema,
	mutation: Mutation,
	changed: LanguageName,
): Record<string, string> {
	const files = {
		...repositoryFiles(
			schema,
			languages.filter((one) => one !== changed),
		),
		...LANGUAGES[changed].files(mutation.schema),
		...beside,
	};
	const original = copies && files[copies.from];
	if (copies && original === undefined) throw new Error(`${copies.from} is not there`);
	return { ...files, ...Object.fromEntries((copies?.to ?? []).map((path) => [path, original ?? ""])) };
}
