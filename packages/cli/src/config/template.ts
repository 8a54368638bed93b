/** The text of a new config. */
import type { Report, ReportDatabase } from "@schemalign/core";
import { redact } from "../redact.js";
import { escapeControls } from "../reporters/text/escape.js";
import { count } from "../reporters/text/layout.js";

/** A commented TypeScript config that states what the report found; without one, a config to fill in. */
export function configText(report: Report | undefined): string {
	return [
		'import { defineConfig } from "schemalign";',
		"",
		"export default defineConfig({",
		"\t// Which sources describe which database, and which of them holds the truth.",
		"\t// Without this, schemalign groups sources by their tables and looks for traces of what deployment runs.",
		"\tdatabases: {",
		...(report?.databases ?? []).flatMap((database) => databaseLines(database, report)),
		"\t},",
		"",
		"\t// Sources that are not found by themselves, or about which schemalign should know more. They add to what is found.",
		"\t// sources: [",
		'\t//\t{ path: "backup/production.sql", role: "database", name: "production" },',
		'\t//\t{ path: "services/api/models", complete: true }, // maps every table',
		"\t// ],",
		"",
		"\t// Paths in which nothing is looked for.",
		'\t// exclude: ["legacy/**"],',
		"",
		"\t// Tables that are not compared, and findings that are not reported.",
		'\t// ignore: ["_prisma_migrations", "audit.*", { code: "index-missing", table: "legacy_*", reason: "read by hand" }],',
		"",
		"\t// Who owns which tables: models of others that map them are findings.",
		'\t// owners: { billing: { sources: ["services/billing"], tables: ["invoices", "payment_*"] } },',
		"",
		"\t// Another severity for a kind of finding, or none.",
		'\t// severities: { "index-missing": "off" },',
		"",
		"\t// The mildest severity that makes `schemalign check` fail: critical, high, medium, low, info or never.",
		'\tfailOn: "high",',
		"",
		"\t// Adapters of third parties: package names, or paths.",
		'\t// adapters: ["./tools/my-adapter.ts"],',
		"});",
		"",
	].join("\n");
}

function databaseLines(database: ReportDatabase, report: Report | undefined): string[] {
	const sources = database.sources.flatMap((id) => {
		const source = report?.sources.find((one) => one.id === id);
		const note = source
			? ` // ${comment(`${source.label}, ${source.role}, ${count(source.tables.length, "table")}`)}`
			: "";
		return `\t\t\t\t${JSON.stringify(id)},${note}`;
	});
	return [
		`\t\t${JSON.stringify(database.name)}: {`,
		"\t\t\tsources: [",
		...sources,
		"\t\t\t],",
		`\t\t\t// ${comment(database.authorityBasis)}`,
		database.authority === null
			? `\t\t\t// authority: ${JSON.stringify(database.sources[0] ?? "")},`
			: `\t\t\tauthority: ${JSON.stringify(database.authority)},`,
		"\t\t},",
	];
}

/** Text for a line comment: without line ends, which would end it, and without secrets. */
function comment(text: string): string {
	return escapeControls(redact(text));
}
