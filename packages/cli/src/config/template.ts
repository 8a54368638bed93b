/** The text of a new config, in each form that a config may have. */
import { count, type Report, type ReportDatabase } from "@schemalign/core";
import { redact } from "../redact.js";
import { escapeControls } from "../reporters/text/escape.js";

/** `module` is TypeScript or a JavaScript module. */
export type ConfigForm = "module" | "commonjs" | "yaml" | "json";

export interface TemplateOptions {
	readonly form: ConfigForm;
	/** Whether `schemalign` is installed in the project: else its compiler and editor could not resolve the import. */
	readonly isInstalled: boolean;
}

/** A commented config that states what the report found; without one, a config to fill in. JSON has no comments. */
export function configText(report: Report | undefined, { form, isInstalled }: TemplateOptions): string {
	switch (form) {
		case "json":
			return jsonText(report, isInstalled);
		case "yaml":
			return yamlText(report);
		case "module":
		case "commonjs":
			return codeText(report, form, isInstalled);
	}
}

/** A key that the config may have: what it is for, and an example that is commented out. */
interface Key {
	readonly purpose: readonly string[];
	readonly example: readonly string[];
	/** The same in YAML, where that reads otherwise. */
	readonly yaml?: readonly string[];
}

const DATABASES = [
	"Which sources describe which database, and which of them holds the truth.",
	"Without this, schemalign groups sources by their tables and looks for traces of what deployment runs.",
];

const BEFORE: readonly Key[] = [
	{
		purpose: [
			"Sources that are not found by themselves, or about which schemalign should know more. They add to what is found.",
		],
		example: [
			"sources: [",
			'\t{ path: "backup/production.sql", role: "database", name: "production" },',
			'\t{ path: "services/api/models", complete: true }, // maps every table',
			"],",
		],
		yaml: [
			"sources:",
			'  - { path: "backup/production.sql", role: database, name: production }',
			'  - { path: "services/api/models", complete: true } # maps every table',
		],
	},
	{
		purpose: ["Paths in which nothing is looked for."],
		example: ['exclude: ["legacy/**"],'],
	},
	{
		purpose: ["Tables that are not compared, and findings that are not reported."],
		example: [
			'ignore: ["_prisma_migrations", "audit.*", { code: "index-missing", table: "legacy_*", reason: "read by hand" }],',
		],
	},
	{
		purpose: ["Who owns which tables: models of others that map them are findings."],
		example: ['owners: { billing: { sources: ["services/billing"], tables: ["invoices", "payment_*"] } },'],
	},
	{
		purpose: ["Another severity for a kind of finding, or none."],
		example: ['severities: { "index-missing": "off" },'],
	},
];

const FAIL_ON =
	"The mildest severity that makes `schemalign check` fail: critical, high, medium, low, info or never.";

const ADAPTERS: Key = {
	purpose: ["Adapters of third parties: package names, or paths."],
	example: ['adapters: ["./tools/my-adapter.ts"],'],
};

function codeText(report: Report | undefined, form: "module" | "commonjs", isInstalled: boolean): string {
	const key = ({ purpose, example }: Key): string[] => [
		"",
		...purpose.map((line) => `\t// ${line}`),
		...example.map((line) => `\t// ${line}`),
	];
	const [opening, closing] = frameOf(form, isInstalled);
	return [
		...opening,
		...DATABASES.map((line) => `\t// ${line}`),
		"\tdatabases: {",
		...(report?.databases ?? []).flatMap((database) => codeOf(database, report)),
		"\t},",
		...BEFORE.flatMap(key),
		"",
		`\t// ${FAIL_ON}`,
		'\tfailOn: "high",',
		...key(ADAPTERS),
		closing,
		"",
	].join("\n");
}

function frameOf(form: "module" | "commonjs", isInstalled: boolean): readonly [readonly string[], string] {
	if (!isInstalled) {
		const hint =
			'// Once schemalign is installed here, `defineConfig({ … })` from "schemalign" lets editors complete and check this.';
		return [[hint, form === "module" ? "export default {" : "module.exports = {"], "};"];
	}
	return form === "module"
		? [['import { defineConfig } from "schemalign";', "", "export default defineConfig({"], "});"]
		: [['/** @type {import("schemalign").SchemalignConfig} */', "module.exports = {"], "};"];
}

function codeOf(database: ReportDatabase, report: Report | undefined): string[] {
	return [
		`\t\t${JSON.stringify(database.name)}: {`,
		"\t\t\tsources: [",
		...sourcesOf(database, report).map(({ id, note }) => `\t\t\t\t${id},${note === "" ? "" : ` // ${note}`}`),
		"\t\t\t],",
		`\t\t\t// ${comment(database.authorityBasis)}`,
		database.authority === null
			? `\t\t\t// authority: ${JSON.stringify(database.sources[0] ?? "")},`
			: `\t\t\tauthority: ${JSON.stringify(database.authority)},`,
		"\t\t},",
	];
}

function yamlText(report: Report | undefined): string {
	const key = ({ purpose, example, yaml }: Key): string[] => [
		"",
		...purpose.map((line) => `# ${line}`),
		...(yaml ?? example.map((line) => line.replace(/,$/, ""))).map((line) => `# ${line}`),
	];
	const databases = report?.databases ?? [];
	return [
		...DATABASES.map((line) => `# ${line}`),
		databases.length === 0 ? "databases: {}" : "databases:",
		...databases.flatMap((database) => yamlOf(database, report)),
		...BEFORE.flatMap(key),
		"",
		`# ${FAIL_ON}`,
		"failOn: high",
		...key(ADAPTERS),
		"",
	].join("\n");
}

function yamlOf(database: ReportDatabase, report: Report | undefined): string[] {
	return [
		`  ${JSON.stringify(database.name)}:`,
		"    sources:",
		...sourcesOf(database, report).map(({ id, note }) => `      - ${id}${note === "" ? "" : ` # ${note}`}`),
		`    # ${comment(database.authorityBasis)}`,
		database.authority === null
			? `    # authority: ${JSON.stringify(database.sources[0] ?? "")}`
			: `    authority: ${JSON.stringify(database.authority)}`,
	];
}

function jsonText(report: Report | undefined, isInstalled: boolean): string {
	const databases = (report?.databases ?? []).map(
		({ name, sources, authority }) =>
			[name, { sources, ...(authority === null ? {} : { authority }) }] as const,
	);
	const schema = isInstalled ? { $schema: "./node_modules/schemalign/schema/config.schema.json" } : {};
	const config = { ...schema, databases: Object.fromEntries(databases), failOn: "high" };
	return `${JSON.stringify(config, null, "\t")}\n`;
}

interface NotedSource {
	/** As a string literal of every form. */
	readonly id: string;
	readonly note: string;
}

function sourcesOf(database: ReportDatabase, report: Report | undefined): NotedSource[] {
	return database.sources.map((id) => {
		const source = report?.sources.find((one) => one.id === id);
		const note = source
			? comment(`${source.label}, ${source.role}, ${count(source.tables.length, "table")}`)
			: "";
		return { id: JSON.stringify(id), note };
	});
}

/** Text for a line comment: without line ends, which would end it, and without secrets. */
function comment(text: string): string {
	return escapeControls(redact(text));
}
