/** Folds what has one root cause into one finding, and makes findings of the rest. */

import { compareText } from "../model/address.js";
import { sentence, tableLabel } from "../report/describe.js";
import { fingerprint } from "../report/fingerprint.js";
import type { Finding } from "../report/report.js";
import { worst } from "./context.js";
import type { Located } from "./located.js";

/** The findings of one database: drafts of one code and fold key become one, with members. */
export function foldFindings(database: string, drafts: readonly Located<string>[]): Finding[] {
	const groups = new Map<string, Located<string>[]>();
	drafts.forEach((draft, at) => {
		const key = draft.fold ? `${draft.code} ${draft.fold.key}` : `single ${at}`;
		const group = groups.get(key);
		if (group) group.push(draft);
		else groups.set(key, [draft]);
	});
	return [...groups.values()].flatMap((members) => {
		const [first] = members;
		if (!first) return [];
		return members.length === 1 ? single(database, first) : folded(database, first, members);
	});
}

function single(database: string, draft: Located<string>): Finding {
	return {
		code: draft.code,
		severity: draft.severity,
		database,
		kind: draft.kind,
		schema: draft.schema,
		table: draft.table,
		...(draft.column === undefined ? {} : { column: draft.column }),
		aspect: draft.aspect,
		message: draft.message,
		why: sentence(draft.why),
		help: draft.help,
		verdict: draft.verdict,
		consequences: [...draft.consequences],
		claims: [...draft.claims],
		fingerprint: fingerprintOf(draft.code, [draft.subject], draft),
	};
}

function folded(database: string, first: Located<string>, members: readonly Located<string>[]): Finding {
	const severity = worst(members.map((member) => member.severity));
	const lead = members.find((member) => member.severity === severity) ?? first;
	const words = lead.fold?.words(members);
	const tables = new Set(members.map((member) => `${member.schema}.${member.table}`));
	const subjects = members.map((member) => member.subject).sort(compareText);
	const { column, ...whole } = single(database, lead);
	const oneColumn = tables.size === 1 && members.every((member) => member.column === column);
	return {
		...whole,
		...(oneColumn && column !== undefined ? { column } : {}),
		table: tables.size === 1 ? lead.table : null,
		message: words?.message ?? lead.message,
		why: sentence(words?.why ?? lead.why),
		help: words?.help ?? lead.help,
		consequences: [...(words?.consequences ?? lead.consequences)],
		members: members.map((member) => ({
			schema: member.schema,
			table: member.table,
			column: member.column ?? null,
			name: member.fold?.name ?? nameOf(member),
			message: member.message,
			claims: [...member.claims],
		})),
		fingerprint: fingerprintOf(first.code, subjects, first),
	};
}

function nameOf({ schema, table, column }: Located<string>): string {
	return tableLabel([schema, table, column].filter((part) => part !== null && part !== undefined).join("."));
}

/** Over what is said, not where: lines may move. */
function fingerprintOf(code: string, subjects: readonly string[], draft: Located<string>): string {
	const said = draft.claims
		.map((claim) => `${claim.source} ${claim.state} ${claim.value ?? ""}`)
		.sort(compareText);
	return fingerprint([code, ...subjects, ...said]);
}
