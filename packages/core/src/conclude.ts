/** The last steps of the pipeline: set aside what is accepted, fold the rest to findings, and make the report. */
import type { AnalyzeOptions } from "./analyze.js";
import type { Screening } from "./baseline/screening.js";
import type { Delta } from "./compare/compare.js";
import type { TableRename } from "./matching/table-renames.js";
import type { Change } from "./migrations/catch-up.js";
import { compareText } from "./model/address.js";
import { fingerprint } from "./report/fingerprint.js";
import {
	type Finding,
	REPORT_FORMAT,
	type Report,
	type ReportDatabase,
	type ReportSource,
} from "./report/report.js";
import { summarize } from "./report/score.js";
import { compareSeverity, type DatabaseContext } from "./rules/context.js";
import { foldFindings, itemOf } from "./rules/fold.js";
import type { Located } from "./rules/located.js";
import { inspectSuppressions } from "./suppressions/inspect.js";

/** What is found in one database, before anything is set aside or folded. */
export interface JudgedDatabase {
	readonly database: ReportDatabase;
	readonly drafts: readonly Located<string>[];
	/** The tables that sources call otherwise. */
	readonly tableRenames: readonly TableRename[];
	/** What was compared, and how it differs. */
	readonly context: DatabaseContext;
	readonly deltas: readonly Delta[];
}

/** Everything that is found, before anything is set aside or folded. */
export interface Judgement {
	readonly databases: readonly JudgedDatabase[];
	readonly sources: readonly ReportSource[];
	/** What migrations change that a live database has still to run. */
	readonly pending: readonly { readonly database: string; readonly changes: readonly Change[] }[];
}

/** The report of what the screening lets through. */
export function conclude(judgement: Judgement, options: AnalyzeOptions, screening: Screening): Report {
	const { sources } = judgement;
	const screened = judgement.databases.map((one) => screen(one, options, screening));
	const all = screened.map((one) => withComments(one, judgement, options, screening));
	const findings = all
		.flatMap(({ database, drafts }) => foldFindings(database.name, drafts))
		.sort(byImportance);
	const stale = screening.stale(new Set(sources.map(({ id }) => id)));
	const { setAside } = screening;
	return {
		formatVersion: REPORT_FORMAT,
		databases: judgement.databases.map((one) => one.database),
		sources: [...sources].sort((a, b) => compareText(a.database, b.database) || compareText(a.path, b.path)),
		findings: withOwnFingerprints(findings),
		skipped: [...(options.skipped ?? [])],
		...(setAside.length > 0 ? { setAside } : {}),
		...(stale.length > 0 ? { stale } : {}),
		summary: {
			...summarize(
				findings,
				new Set(sources.flatMap((source) => source.tables.map((table) => `${source.database} ${table}`)))
					.size,
			),
			...(setAside.length > 0 ? { setAside: screening.counts() } : {}),
		},
	};
}

function screen(judged: JudgedDatabase, options: AnalyzeOptions, screening: Screening): JudgedDatabase {
	const { name } = judged.database;
	const graded = judged.drafts.flatMap((draft) => regrade(draft, options));
	return { ...judged, drafts: graded.filter((draft) => screening.keeps(itemOf(name, draft))) };
}

/** Applies the severity that the config states for the draft's code. */
function regrade(draft: Located<string>, { severities }: AnalyzeOptions): Located<string>[] {
	const severity = severities?.[draft.code];
	if (severity === undefined) return [draft];
	return severity === "off" ? [] : [{ ...draft, severity }];
}

/** What is to be said of the comments in the database's sources, once it is known what they silence. */
function withComments(
	judged: JudgedDatabase,
	{ sources }: Judgement,
	options: AnalyzeOptions,
	screening: Screening,
): JudgedDatabase {
	if (options.isPart || screening.suppressions.all.length === 0) return judged;
	const { database, drafts } = judged;
	const own = new Set(
		sources
			.filter((one) => one.duplicateOf === undefined && one.database === database.name)
			.map(({ id }) => id),
	);
	const known = new Set(screening.items.map(({ code }) => code));
	const comments = {
		...judged,
		drafts: inspectSuppressions(screening.suppressions, own, known),
	};
	return { ...judged, drafts: [...drafts, ...screen(comments, options, screening).drafts] };
}

/** Two databases may have one difference each of the same kind: every finding of a report has a fingerprint of its own. */
function withOwnFingerprints(findings: readonly Finding[]): Finding[] {
	const seen = new Map<string, number>();
	const own = (print: string): string => {
		const number = (seen.get(print) ?? 0) + 1;
		seen.set(print, number);
		return number === 1 ? print : fingerprint([print, String(number)]);
	};
	return findings.map((finding) => {
		const { members } = finding;
		const print = own(finding.fingerprint);
		if (!members) return { ...finding, fingerprint: print };
		return {
			...finding,
			fingerprint: print,
			members: members.map((member) => ({ ...member, fingerprint: own(member.fingerprint) })),
		};
	});
}

function byImportance(a: Finding, b: Finding): number {
	return (
		compareSeverity(a.severity, b.severity) ||
		compareText(a.database, b.database) ||
		compareText(`${a.schema}.${a.table ?? ""}`, `${b.schema}.${b.table ?? ""}`) ||
		compareText(a.column ?? "", b.column ?? "") ||
		compareText(a.code, b.code) ||
		compareText(a.fingerprint, b.fingerprint)
	);
}
