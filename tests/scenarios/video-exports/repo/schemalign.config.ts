import { defineConfig } from "schemalign";

export default defineConfig({
	// Which sources describe which database, and which of them holds the truth.
	// Without this, schemalign groups sources by their tables and looks for traces of what deployment runs.
	databases: {
		"main": {
			sources: [
				"sql:db/dev.sql", // pg_dump output, database, 16 tables
				"sql:db/prod.sql", // pg_dump output, database, 15 tables
				"sql:drizzle", // Drizzle migrations, definition, 13 tables
				"sql:scripts/create-export-tables.sql", // create-table script, definition, 1 tables
				"drizzle:src/server/db/schema.ts", // Drizzle schema, model, 14 tables
			],
			// 2 databases speak; where they differ, the side that more independent sources take is right
			// authority: "sql:db/dev.sql",
		},
	},

	// Sources that are not found by themselves, or about which schemalign should know more. They add to what is found.
	// sources: [
	//	{ path: "backup/production.sql", role: "database", name: "production" },
	//	{ path: "services/api/models", complete: true }, // maps every table
	// ],

	// Paths in which nothing is looked for.
	// exclude: ["legacy/**"],

	// Tables that are not compared.
	// ignore: ["_prisma_migrations", "audit.*"],

	// Another severity for a kind of finding, or none.
	// severities: { "index-missing": "off" },

	// The mildest severity that makes `schemalign check` fail: critical, high, medium, low, info or never.
	failOn: "high",

	// Adapters of third parties: package names, or paths.
	// adapters: ["./tools/my-adapter.ts"],
});
