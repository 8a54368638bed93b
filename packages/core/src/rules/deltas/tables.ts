/** `table-missing`: some sources have a table and others, which would have it, do not. */
import { EXISTENCE } from "../../compare/claims.js";
import { count, listOf } from "../../report/describe.js";
import { type Case, type DeltaRule, type Draft, isStore, pathsText, subjectText } from "../context.js";
import { existsInTruth, judge, sidesOf } from "./judge.js";

export const tableMissing: DeltaRule = {
	applies: (delta) => delta.kind === "table" && delta.aspect === EXISTENCE,
	judge(subject) {
		return judge(subject, {
			code: "table-missing",
			ofProgram: (program, store) =>
				program.state === "value"
					? {
							severity: "critical",
							text: `every query on ${subjectText(subject.delta)} fails on a database made by ${subject.database.pathOf(store.source)} (42P01: relation does not exist)`,
						}
					: undefined,
			otherwise: storesEffect,
			message: (one) => messageOf(one, `table ${subjectText(one.delta)}`),
			help: helpOf,
			fold: foldOf,
		});
	},
};

function storesEffect(subject: Case) {
	const { delta, database } = subject;
	const { lacking } = sidesOf(delta);
	const exists = existsInTruth(subject);
	const run = lacking.some((source) => database.isRun(source));
	const where = pathsText(database, lacking);
	if (exists === false) {
		const extra = pathsText(database, subject.decision.deviating);
		return {
			severity: "medium" as const,
			text: `code written for ${extra} fails where the table does not exist (42P01)`,
		};
	}
	return {
		severity: run ? ("high" as const) : ("medium" as const),
		text: `a database made from ${where} has no such table: every query on it fails there (42P01)`,
	};
}

function messageOf({ delta, database }: Case, thing: string): string {
	const { having, lacking } = sidesOf(delta);
	const stores = lacking.filter((source) => isStore(database, source));
	const models = having.every((source) => !isStore(database, source));
	if (models && stores.length > 0)
		return `${thing} is mapped by ${pathsText(database, having)}, and nothing in ${pathsText(database, stores)} creates it`;
	return `${thing} is in ${pathsText(database, having)} and not in ${pathsText(database, lacking)}`;
}

function helpOf(subject: Case): string {
	const { delta, database, decision } = subject;
	const { having, lacking } = sidesOf(delta);
	if (existsInTruth(subject) === true) {
		return `Add the table to ${pathsText(database, decision.deviating)}, or retire that source.`;
	}
	return `Write the migration that creates it in ${pathsText(
		database,
		lacking.filter((source) => isStore(database, source)),
	)}, or remove it from ${pathsText(database, having)}.`;
}

/** Tables that the same sources have and the same sources lack have one root cause. */
function foldOf(subject: Case): Draft["fold"] {
	const { having, lacking } = sidesOf(subject.delta);
	const { database } = subject;
	return {
		key: `${having.join()}|${lacking.join()}`,
		name: subjectText(subject.delta),
		words: (members) => {
			const names = members.map((member) => member.fold?.name ?? "");
			return {
				message: messageOf(subject, `${count(members.length, "table")} (${listOf(names, 5)})`)
					.replace(" is in ", " are in ")
					.replace(" is mapped ", " are mapped ")
					.replace("creates it", "creates them"),
				help:
					existsInTruth(subject) === true
						? `Add the tables to ${pathsText(database, lacking)}, or retire that source: a subset of a schema misleads whoever reads or runs it.`
						: `Write the migration that creates them, or remove them from ${pathsText(database, having)}.`,
			};
		},
	};
}
