/** What the parts of the text report share. */
import type { Finding, Report, ReportSource, Severity } from "@schemalign/core";
import type { Theme } from "./theme.js";

export interface TextOptions {
	/** What is being reported on: the project's name. */
	readonly title: string;
	readonly failOn: Severity | "never";
	readonly width: number;
	readonly color: boolean;
	readonly verbose: boolean;
	readonly quiet: boolean;
}

export interface View extends TextOptions {
	readonly report: Report;
	readonly theme: Theme;
	/** What each source is called, by id: its path, or the id where paths are not enough. */
	readonly names: ReadonlyMap<string, string>;
	/** The number of each source in the list at the top, by id. */
	readonly numbers: ReadonlyMap<string, number>;
}

/** The sources of a database, in its order of standing. */
export function sourcesOf(view: View, ids: readonly string[]): ReportSource[] {
	const byId = new Map(view.report.sources.map((source) => [source.id, source]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The findings to show of a database: `info` only with --verbose. */
export function shownFindings(view: View, database: string): Finding[] {
	const own = view.report.findings.filter((finding) => finding.database === database);
	return view.verbose ? own : own.filter((finding) => finding.severity !== "info");
}

/** What each source is called: the path, where no other source has it. */
export function sourceNames(report: Report): Map<string, string> {
	const paths = report.sources.map((source) => source.path);
	return new Map(
		report.sources.map(({ id, path, adapter }) => {
			const isNamedByUser = !id.startsWith(`${adapter}:`);
			const isAlone = paths.filter((other) => other === path).length === 1;
			return [id, isAlone && !isNamedByUser && path !== "" ? (path === "." ? "./" : path) : id];
		}),
	);
}
