/** `identical-copies` and `copies-drifted`: one source kept in several places. */
import type { Copies } from "../../grouping/copies.js";
import { count, listOf } from "../../report/describe.js";
import { AT_SOURCE, claimAt, type Located } from "../located.js";

/** @param ids the sources of this database, copies included */
export function inspectCopies(
	ids: readonly string[],
	copies: Copies,
	pathOf: (source: string) => string,
	firstLine: (source: string) => { file: string; line: number } | undefined,
): Located[] {
	const verdict = { truth: null, deviating: [], basis: "copies give one vote" };
	const base = { consequences: [], ...AT_SOURCE, aspect: "content", verdict };
	const groups = new Map<string, string[]>();
	for (const [copy, original] of copies.identical) {
		if (ids.includes(original)) groups.set(original, [...(groups.get(original) ?? [original]), copy]);
	}
	const identical = [...groups.values()].map(
		(members): Located => ({
			...base,
			code: "identical-copies",
			severity: "info",
			message: `${count(members.length, "identical copy", "identical copies")} of one source: ${listOf(members.map(pathOf), 8)}`,
			why: "They are one witness, and nothing keeps them identical.",
			help: "Keep one, and import it from the others.",
			claims: members.map((id) => claimAt(id, "same content", firstLine(id))),
			subject: `copies ${members.map(pathOf).join()}`,
		}),
	);
	const drifted = copies.drifted
		.filter(({ sources }) => sources.every((source) => ids.includes(source)))
		.map(
			({ sources, likeness }): Located => ({
				...base,
				code: "copies-drifted",
				severity: "medium",
				message: `${listOf(sources.map(pathOf))} were one source and have begun to differ (${Math.floor(likeness * 100)} % alike)`,
				why: "A change made in one copy has not reached the other: the programs that use them see different schemas.",
				help: "Bring them together again, and keep one copy that the others import.",
				claims: sources.map((id) => claimAt(id, "a copy", firstLine(id))),
				subject: `copies ${sources.map(pathOf).join()}`,
			}),
		);
	return [...identical, ...drifted];
}
