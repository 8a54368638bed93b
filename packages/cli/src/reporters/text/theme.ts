/** Colours and marks. Every mark reads without colour. */
import type { Severity } from "@schemalign/core";
import pc from "picocolors";

type Paint = (text: string) => string;

export interface Theme {
	readonly bold: Paint;
	readonly dim: Paint;
	readonly good: Paint;
	readonly bad: Paint;
	readonly warn: Paint;
	readonly accent: Paint;
	readonly severity: Readonly<Record<Severity, Paint>>;
	/** A severity as it stands before a finding. */
	readonly badge: (severity: Severity) => string;
}

export function makeTheme(color: boolean): Theme {
	const colors = pc.createColors(color);
	const severity: Record<Severity, Paint> = {
		critical: (text) => colors.bold(colors.red(text)),
		high: colors.red,
		medium: colors.yellow,
		low: colors.blue,
		info: colors.dim,
	};
	return {
		bold: colors.bold,
		dim: colors.dim,
		good: colors.green,
		bad: colors.red,
		warn: colors.yellow,
		accent: colors.cyan,
		severity,
		badge: (level) =>
			level === "critical"
				? colors.inverse(severity.critical(level.toUpperCase()))
				: severity[level](level.toUpperCase()),
	};
}
