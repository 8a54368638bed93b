/** Folds what has one root cause into one finding, and makes findings of the rest. */

import { compareText } from "../model/address.js";
import { sentence, tableLabel } from "../report/describe.js";
import { fingerprint } from "../report/fingerprint.js";
import { type Item, type Side, sidesOfClaims } from "../report/item.js";
import type { Consequence, Finding, Fix, Verdict } from "../report/report.js";
import { worst } from "./context.js";
import type { Located } from "./located.js";

/**
 * The findings of one database: drafts of one code, gravity and fold key become one, with members. What is less grave
 * stays apart: it would else be told, and counted, as the worst of them is.
 */
export function foldFindings(database: string, drafts: readonly Located<string>[]): Finding[] {
	const groups = new Map<string, Located<string>[]>();
	drafts.forEach((draft, at) => {
		const key = draft.fold ? `${draft.code} ${draft.severity} ${draft.fold.key}` : `single ${at}`;
		const group = groups.get(key);
		if (group) group.push(draft);
		else groups.set(key, [draft]);
	});
	return widened([...groups.values()]).flatMap((members) => {
		const [first] = members;
		if (!first) return [];
		return members.length === 1 ? single(database, first) : folded(database, first, members);
	});
}

/** From more tables than this on, what they have in common is told once, and not table by table. */
const MANY_TABLES = 8;

function widened(groups: readonly (readonly Located<string>[])[]): (readonly Located<string>[])[] {
	const wide = new Map<string, (readonly Located<string>[])[]>();
	const keyOf = ([first]: readonly Located<string>[]): string | undefined =>
		first?.fold?.wide && `${first.code} ${first.severity} ${first.fold.wide.key}`;
	for (const group of groups) {
		const key = keyOf(group);
		if (key !== undefined) wide.set(key, [...(wide.get(key) ?? []), group]);
	}
	const isWide = (group: readonly Located<string>[]): boolean =>
		(wide.get(keyOf(group) ?? "")?.length ?? 0) > MANY_TABLES;
	const merged = [...wide.values()].filter(([group]) => group !== undefined && isWide(group));
	return [...groups.filter((group) => !isWide(group)), ...merged.map((all) => all.flat().map(asWide))];
}

function asWide(draft: Located<string>): Located<string> {
	const { fold } = draft;
	if (!fold?.wide) return draft;
	const { wide, ...own } = fold;
	return {
		...draft,
		fold: { ...own, ...wide, words: (members) => ({ ...own.words(members), ...wide.words(members) }) },
	};
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
		...fixesIn([draft]),
		...(draft.observed?.length ? { observed: [...draft.observed] } : {}),
		claims: [...draft.claims],
		fingerprint: fingerprintOf(draft),
	};
}

function folded(database: string, first: Located<string>, members: readonly Located<string>[]): Finding {
	const severity = worst(members.map((member) => member.severity));
	const lead = members.find((member) => member.severity === severity) ?? first;
	const words = lead.fold?.words(members);
	const tables = new Set(members.map((member) => `${member.schema}.${member.table}`));
	const { column, fixes: _, ...whole } = single(database, lead);
	const observed = members.flatMap((member) => member.observed ?? []);
	const oneColumn = tables.size === 1 && members.every((member) => member.column === column);
	return {
		...whole,
		...(oneColumn && column !== undefined ? { column } : {}),
		table: tables.size === 1 ? lead.table : null,
		message: words?.message ?? lead.message,
		why: sentence(words?.why ?? lead.why),
		help: words?.help ?? lead.help,
		verdict: verdictOf(lead, members),
		...fixesIn(members),
		consequences: [...(words?.consequences ?? consequencesOf(lead, members))],
		...(observed.length > 0 ? { observed } : {}),
		members: members.map((member) => ({
			kind: member.kind,
			schema: member.schema,
			table: member.table,
			column: member.column ?? null,
			name: member.fold?.name ?? nameOf(member),
			message: member.message,
			claims: [...member.claims],
			fingerprint: fingerprintOf(member),
		})),
		fingerprint: fingerprint(members.map(fingerprintOf).sort(compareText)),
	};
}

/** The statements of all members, one list for each source; none where only some of them have any. */
function fixesIn(members: readonly Located<string>[]): { fixes?: Fix[] } {
	const sources = [...new Set(members.flatMap(({ fixes = [] }) => fixes.map(({ source }) => source)))];
	const fixes = sources.flatMap((source) => {
		const own = members.map((member) => member.fixes?.find((fix) => fix.source === source));
		const needed = members.filter(({ verdict }) => verdict.deviating.includes(source)).length;
		const sql = own.flatMap((fix) => fix?.sql ?? []);
		return own.filter((fix) => fix !== undefined).length === needed
			? [{ source, sql: [...new Set(sql)] }]
			: [];
	});
	return fixes.length > 0 ? { fixes } : {};
}

/** What the programs of the lead meet, and what the others meet that have no part in it. */
function consequencesOf(lead: Located<string>, members: readonly Located<string>[]): Consequence[] {
	const all = [...(lead.fold?.consequences ?? lead.consequences)];
	for (const { fold, consequences } of members) {
		const known = new Set(all.map(({ source }) => source));
		all.push(...(fold?.consequences ?? consequences).filter(({ source }) => !known.has(source)));
	}
	return all;
}

/** The lead's; where all have one truth, everybody who deviates from it somewhere deviates. */
function verdictOf(lead: Located<string>, members: readonly Located<string>[]): Verdict {
	const isOne = members.every(({ verdict }) => verdict.truth === lead.verdict.truth);
	if (!isOne) return lead.verdict;
	return { ...lead.verdict, deviating: [...new Set(members.flatMap(({ verdict }) => verdict.deviating))] };
}

/** The draft as it is recognised again. */
export function itemOf(database: string, draft: Located<string>): Item {
	const sides = sidesOf(draft);
	const wrong = draft.verdict.deviating;
	const decided = draft.verdict.truth !== null;
	return {
		code: draft.code,
		severity: draft.severity,
		database,
		kind: draft.kind,
		schema: draft.schema,
		table: draft.table,
		column: draft.column ?? null,
		name: draft.fold?.name ?? nameOf(draft),
		message: draft.message,
		claims: draft.claims,
		fingerprint: fingerprintOf(draft),
		sides,
		right: decided ? sides.flatMap(({ sources }) => sources.filter((one) => !wrong.includes(one))) : [],
	};
}

function sidesOf(draft: Located<string>): Side[] {
	if (!draft.classes) return sidesOfClaims(draft.claims);
	const sides = draft.classes.map((sources) => {
		const claim = draft.claims.find((one) => sources.includes(one.source));
		const says = claim?.state === "value" ? (claim.value ?? "") : "absent";
		return { says, sources: [...sources].sort(compareText) };
	});
	return sides.sort((a, b) => compareText(a.says, b.says) || compareText(a.sources.join(), b.sources.join()));
}

function nameOf({ schema, table, column }: Located<string>): string {
	return tableLabel([schema, table, column].filter((part) => part !== null && part !== undefined).join("."));
}

/** Over what is said, not where or by whom: lines may move, and others may agree. */
function fingerprintOf(draft: Located<string>): string {
	const values = draft.values ?? sidesOfClaims(draft.claims).map(({ says }) => says);
	return fingerprint([draft.code, draft.subject, ...values]);
}
