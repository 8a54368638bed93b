/** What the verdict on a single change must say, whoever stands beside the changed source. */
import type { Finding, Report } from "@schemalign/core";
import { expect } from "vitest";
import { differencesIn, type Place, reportOf, text } from "./hold.js";
import { type Mix, mixedFiles } from "./mixes.js";
import type { GeneratedSchema } from "./model.js";
import { MUTATIONS, type Mutation } from "./mutate.js";
import type { MutationKind } from "./mutations/kinds.js";
import { LANGUAGES, type LanguageName } from "./repository.js";

/** Differences in words, and what is told beside the difference itself. */
const BESIDE = new Set(["backing-differs", "identical-copies", "column-order", "table-unmapped"]);

/**
 * The changed source is the one that deviates; where it is the authority, it is right and told to stand alone; where only
 * one other source can say the thing and neither stands over the other, nobody is right.
 */
export async function holdToVerdict(
	place: Place,
	mix: Mix,
	schema: GeneratedSchema,
	mutation: Mutation,
	changed: LanguageName,
): Promise<void> {
	const kind = MUTATIONS[mutation.what];
	if (!kind) throw new Error(`no mutation ${mutation.what}`);
	const report = await reportOf(place, mixedFiles(mix, schema, mutation, changed));
	const findings = differencesIn(report).filter(({ code }) => !BESIDE.has(code));
	const said = report.findings.map(text).join("\n");
	expect(report.databases, said).toHaveLength(1);
	if (isSilent(kind, mix, changed)) {
		expect(findings.map(text)).toEqual([]);
		return;
	}
	expect(findings.length, "nothing was found").toBeGreaterThan(0);
	const isRename = kind.codes.some((code) => /-(renamed|moved)$/.test(code));
	for (const finding of findings) {
		expect(mutation.objects, text(finding)).toContain(finding.table);
		expect(/-(renamed|moved)$/.test(finding.code), text(finding)).toBe(isRename);
		holdOne(finding, report, kind, mix, changed);
	}
	if (isRename) expect(findings, said).toHaveLength(1);
}

function holdOne(
	finding: Finding,
	report: Report,
	kind: MutationKind,
	mix: Mix,
	changed: LanguageName,
): void {
	const { truth, deviating, basis } = finding.verdict;
	const path = (id: string): string => report.sources.find((source) => source.id === id)?.path ?? id;
	const isChanged = (id: string): boolean => path(id).startsWith(LANGUAGES[changed].path);
	const others = speakers(kind, mix).filter((one) => one !== changed);
	if (mix.authority === changed) {
		expect(truth, text(finding)).not.toBeNull();
		expect(deviating.length, text(finding)).toBeGreaterThan(0);
		expect(deviating.some(isChanged), text(finding)).toBe(false);
		expect(basis, text(finding)).toContain("is the authority: ");
		if (deviating.length > 1) {
			expect(basis, text(finding)).toContain(
				`it stands alone: ${deviating.length} independent sources agree`,
			);
		}
		return;
	}
	if (others.length < 2 && mix.authority === undefined && haveOneRole([...others, changed])) {
		expect([truth, deviating], text(finding)).toEqual([null, []]);
		expect(basis, text(finding)).toMatch(/^undecided, 1 against 1 independent sources.*: .*decides it$/);
		return;
	}
	expect(truth, text(finding)).not.toBeNull();
	expect(deviating.map(path), text(finding)).toHaveLength(1);
	expect(deviating.every(isChanged), text(finding)).toBe(true);
	expect(basis, text(finding)).toMatch(
		/is the authority: |stands over what describes it|^\d of \d independent sources say so|^1 against 1 .* leave it out decide$/,
	);
}

/** The languages of the mix that have words for what is changed. */
function speakers({ needs }: MutationKind, mix: Mix): LanguageName[] {
	return mix.languages.filter((one) => needs === undefined || !LANGUAGES[one].cannot.includes(needs));
}

function haveOneRole(languages: readonly LanguageName[]): boolean {
	return new Set(languages.map((one) => LANGUAGES[one].role)).size === 1;
}

/** Whether nobody contradicts the change: the source has no words for it, or may leave it out, or no other says anything. */
function isSilent(kind: MutationKind, mix: Mix, changed: LanguageName): boolean {
	const able = speakers(kind, mix);
	const { mayLeaveOut, role } = LANGUAGES[changed];
	const leavesOut = kind.leavesOut !== undefined && mayLeaveOut.includes(kind.leavesOut);
	// A model that leaves out a table says nothing of it.
	const unmapped = role === "model" && kind.codesOfModel?.join() === "table-unmapped";
	return !able.includes(changed) || able.length < 2 || leavesOut || unmapped;
}
