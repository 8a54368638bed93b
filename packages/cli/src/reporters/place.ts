/** Where something is said, for people. */
import type { Origin, Report } from "@schemalign/core";

/** `file:line`; a live database has no lines: its name alone. */
export function placeText({ sources }: Pick<Report, "sources">, { file, line }: Origin): string {
	return isLive({ sources }, file) ? file : `${file}:${line}`;
}

/** Whether a live database is called so. */
export function isLive({ sources }: Pick<Report, "sources">, file: string): boolean {
	return sources.some(({ adapter, path }) => adapter === "postgres" && path === file);
}
