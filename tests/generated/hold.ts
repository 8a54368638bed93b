/** What a report on generated sources is held to. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Finding, isRuleCode, type Report, RULES } from "@schemalign/core";
import { expect } from "vitest";
import { checkProject } from "../support/check.js";
import type { GeneratedSchema } from "./model.js";
import { expectedCodes, MUTATIONS, type Mutation } from "./mutate.js";
import { ALL_LANGUAGES, LANGUAGES, type LanguageName, repositoryFiles, writeFiles } from "./repository.js";

/** A folder in which repositories are made, each in one of its own. */
export interface Place {
	root: string;
}

/** Prisma and SQLAlchemy's index make a unique index of what others call a constraint: that is told, as `info`. */
const DOCUMENTED = new Set(["backing-differs"]);

/** What sources say against each other. What is unwise in the schema itself they all have alike. */
export function differencesIn({ findings }: Report): Finding[] {
	return findings.filter(({ code }) => !(isRuleCode(code) && RULES[code].group === "hygiene"));
}

/** All languages say the same of the schema, and not the least thing is found. */
export async function holdToAgreement(
	place: Place,
	schema: GeneratedSchema,
	languages: readonly LanguageName[] = ALL_LANGUAGES,
): Promise<void> {
	const report = await reportOf(place, repositoryFiles(schema, languages));
	expect(report.sources.map((source) => source.tables.length)).toEqual(
		languages.map(() => schema.tables.length),
	);
	expect(report.sources.flatMap((source) => source.gaps)).toEqual([]);
	expect(report.databases).toHaveLength(1);
	expect(report.findings.filter(({ severity }) => severity !== "info").map(text)).toEqual([]);
	expect(
		differencesIn(report)
			.filter(({ code }) => !DOCUMENTED.has(code))
			.map(text),
	).toEqual([]);
}

/** After the mutation of one source exactly that is found, and that source is the odd one out. */
export async function holdToMutation(
	place: Place,
	schema: GeneratedSchema,
	mutation: Mutation,
	name: LanguageName,
	languages: readonly LanguageName[] = ALL_LANGUAGES,
): Promise<void> {
	const kind = MUTATIONS[mutation.what];
	const language = LANGUAGES[name];
	if (!kind) throw new Error(`no mutation ${mutation.what}`);
	const changed = language.files(mutation.schema);
	const expected = expectedCodes(kind, language);
	const others = languages.filter((one) => one !== name);
	const report = await reportOf(place, { ...repositoryFiles(schema, others), ...changed });
	const unexpected = new Set(
		[...DOCUMENTED, ...(kind.tolerated ?? [])].filter((one) => !expected.includes(one)),
	);
	const findings = differencesIn(report).filter(({ code }) => !unexpected.has(code));
	expect(findings.map(({ code }) => code).sort(), findings.map(text).join("\n")).toEqual(
		[...expected].sort(),
	);
	for (const finding of findings) {
		expect(mutation.objects, text(finding)).toContain(finding.table);
		if (finding.column !== undefined) expect(mutation.columns, text(finding)).toContain(finding.column);
		// What a model leaves out is nobody's fault.
		if (finding.code === "table-unmapped") continue;
		const odd = finding.verdict.deviating.map(
			(id) => report.sources.find((source) => source.id === id)?.path ?? id,
		);
		expect(odd, text(finding)).toHaveLength(1);
		expect(odd[0]?.startsWith(language.path), text(finding)).toBe(true);
	}
}

let made = 0;

/** The report on a repository of these files. */
export async function reportOf({ root }: Place, files: Readonly<Record<string, string>>): Promise<Report> {
	const folder = join(root, `repository-${made++}`);
	await writeFiles(folder, files);
	const report = await checkProject(folder);
	await rm(folder, { recursive: true, force: true });
	return report;
}

/** A finding as a failing test shows it. */
export function text({ severity, code, message, claims, verdict, members }: Finding): string {
	const lines = [...claims, ...(members ?? []).flatMap((member) => member.claims)].map(
		({ source, state, value, at }) => `  ${source} ${value ?? state} ${at ? `${at.file}:${at.line}` : ""}`,
	);
	return [`${severity} ${code}: ${message}`, ...lines, `  verdict: ${verdict.basis}`].join("\n");
}
