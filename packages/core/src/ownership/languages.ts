/** What sources are written in. */

const LANGUAGES: Readonly<Record<string, string>> = {
	prisma: "TypeScript",
	drizzle: "TypeScript",
	typeorm: "TypeScript",
	python: "Python",
	alembic: "Python",
	sql: "SQL",
};

/** The language of the programs whose sources the adapter reads; of third-party adapters their own name. */
export function languageOf(adapter: string): string {
	return LANGUAGES[adapter] ?? adapter;
}
