/** What to say where no schema is found. */
import type { Report } from "@schemalign/core";
import { Problem } from "../problem.js";
import type { Found, Session } from "../session.js";

const SHOWN = 8;

/** The problem that no source was found, with what was looked for and what was passed over. */
export function noSources(session: Session, found: Found): Problem {
	const names = session.adapters
		.filter(({ name, interests }) => name !== "snapshot" && interests.length > 0)
		.map(({ name }) => name);
	const count = found.project.files.paths().length;
	const lines = [
		`Looked at ${count} ${count === 1 ? "file" : "files"} for: ${names.join(", ")}.`,
		...skippedLines(found),
		"A source can be named by hand: `schemalign init` writes a config, docs/config.md describes it.",
	];
	return new Problem("no schema was found in this project", lines.join("\n"));
}

/** The problem that sources were found and none of them says anything: to call that agreement would be wrong. */
export function nothingRead(report: Report): Problem {
	const lines = report.sources.map(
		(source) =>
			`  ${source.path}: ${source.gaps
				.map((gap) => gap.why)
				.slice(0, 2)
				.join("; ")}`,
	);
	return new Problem("no schema could be read in this project", lines.slice(0, SHOWN).join("\n"));
}

function skippedLines(found: Found): string[] {
	const { skipped } = found;
	if (skipped.length === 0) return [];
	const lines = skipped.slice(0, SHOWN).map(({ path, why }) => `  ${path}: ${why}`);
	const rest = skipped.length - lines.length;
	return ["Not read:", ...lines, ...(rest > 0 ? [`  and ${rest} more (schemalign sources --verbose)`] : [])];
}
