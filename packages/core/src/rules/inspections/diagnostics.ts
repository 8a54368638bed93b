/** Defects that an adapter met inside one source, as findings of their own codes. */

import { parseAddress } from "../../model/address.js";
import { kindDefinition } from "../../model/kinds.js";
import type { Diagnostic, Snapshot } from "../../model/snapshot.js";
import { AT_SOURCE, claimAt, type Located } from "../located.js";

export function inspectDiagnostics(snapshot: Snapshot): Located<string>[] {
	return snapshot.diagnostics.map((diagnostic) => ({
		code: diagnostic.code,
		severity: diagnostic.severity,
		message: diagnostic.message,
		why: diagnostic.why ?? "",
		help: diagnostic.help ?? "",
		consequences: [],
		...placeOf(diagnostic),
		aspect: "definition",
		claims: [
			claimAt(snapshot.source, diagnostic.code === "source-unreadable" ? "not read" : "here", diagnostic.at),
			...(diagnostic.related ?? []).map(({ at, note }) => claimAt(snapshot.source, note, at)),
		],
		verdict: {
			truth: null,
			deviating: [snapshot.source],
			basis: "it stands in one source, whatever the others say",
		},
		subject: `${diagnostic.address ?? snapshot.path} ${diagnostic.message}`,
		values: [diagnostic.at.file],
		classes: [[snapshot.source]],
	}));
}

function placeOf({ address }: Diagnostic): Pick<Located, "kind" | "schema" | "table" | "column"> {
	if (address === undefined) return AT_SOURCE;
	const { kind, parts } = parseAddress(address);
	const column = kind === "column" ? parts[2] : undefined;
	return {
		kind,
		schema: parts[0] ?? "",
		table: kindDefinition(kind).within === "table" || parts.length > 1 ? (parts[1] ?? null) : null,
		...(column === undefined ? {} : { column }),
	};
}
