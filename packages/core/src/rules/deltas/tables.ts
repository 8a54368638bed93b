/** `table-missing`: some sources have a table and others, which would have it, do not. */
import { EXISTENCE } from "../../compare/claims.js";
import { count, listOf } from "../../report/describe.js";
import {
	type Case,
	type DeltaRule,
	type Draft,
	type Effect,
	isStore,
	pathsText,
	runText,
	subjectText,
} from "../context.js";
import { existsInTruth, judge, sidesOf } from "./judge.js";

export const tableMissing: DeltaRule = {
	applies: (delta) => delta.kind === "table" && delta.aspect === EXISTENCE,
	judge(subject) {
		return judge(subject, {
			code: "table-missing",
			ofProgram: (program, store) =>
				program.state === "value"
					? {
							// What creates its tables when it starts fails only where it may not, or on what is altered later.
							severity: subject.database.creationBy(program.source) ? "high" : "critical",
							...queriesFail(subject, [store.source], program.source),
							on: (stores) => queriesFail(subject, stores, program.source),
						}
					: undefined,
			otherwise: storesEffect,
			message: (one) => messageOf(one, [subjectText(one.delta)]),
			help: helpOf,
			fold: foldOf,
		});
	},
};

function queriesFail(
	{ delta, database }: Case,
	stores: readonly string[],
	program: string,
): { text: string; many: string } {
	const creation = database.creationBy(program);
	const unless = creation
		? `, unless the program has created it itself when it started (${creation.at.file}:${creation.at.line}); columns that are added later never come that way`
		: "";
	const tail = `fails on ${runText(database, stores)} (42P01: relation does not exist)${unless}`;
	return { text: `every query on ${subjectText(delta)} ${tail}`, many: `every query on one of them ${tail}` };
}

function storesEffect(subject: Case): Effect {
	const { delta, database } = subject;
	const { lacking } = sidesOf(delta);
	const exists = existsInTruth(subject);
	const run = lacking.some((source) => database.isRun(source));
	if (exists === false) {
		const extra = pathsText(database, subject.decision.deviating);
		return {
			severity: "medium",
			text: `code written for ${extra} fails where the table does not exist (42P01)`,
			many: `code written for ${extra} fails where these tables do not exist (42P01)`,
		};
	}
	const where = runText(
		database,
		lacking.filter((source) => isStore(database, source)),
	);
	return {
		severity: run ? "high" : "medium",
		text: `every query on it fails on ${where} (42P01: relation does not exist)`,
		many: `every query on one of them fails on ${where} (42P01: relation does not exist)`,
	};
}

/** The sentence on one table, or on all tables that the same sources have and lack. */
function messageOf({ delta, database }: Case, names: readonly string[]): string {
	const one = names.length === 1;
	const thing = one ? `table ${names[0]}` : `${count(names.length, "table")} (${listOf(names, 5)})`;
	const be = one ? "is" : "are";
	const { having, lacking } = sidesOf(delta);
	const stores = lacking.filter((source) => isStore(database, source));
	const models = having.every((source) => !isStore(database, source));
	if (models && stores.length > 0)
		return `${thing} ${be} mapped by ${pathsText(database, having)}, and nothing in ${pathsText(database, stores, "or")} creates ${one ? "it" : "them"}`;
	return `${thing} ${be} in ${pathsText(database, having)}, but not in ${pathsText(database, lacking, "or")}`;
}

function helpOf(subject: Case): string {
	const { delta, database } = subject;
	const { having, lacking } = sidesOf(delta);
	if (existsInTruth(subject) === true) return additionHelp(subject, "one");
	const stores = lacking.filter((source) => isStore(database, source));
	return `Create it in ${pathsText(database, stores)}, or remove it from ${pathsText(database, having)}.`;
}

/** To add what is missing. A definition can be given up instead, a database cannot; and what no model maps may be a leftover. */
function additionHelp(subject: Case, number: "one" | "many"): string {
	const { delta, database, decision } = subject;
	const [it, table] = number === "one" ? ["it", "the table"] : ["them", "the tables"];
	const isDatabase = (source: string): boolean => database.roleOf(source) === "database";
	const definitions = decision.deviating.filter((source) => !isDatabase(source));
	const databases = decision.deviating.filter(isDatabase);
	const sentences = [
		databases.length > 0 ? `Create ${table} in ${runText(database, databases)}.` : "",
		definitions.length > 0
			? `Add ${databases.length > 0 ? it : table} to ${pathsText(database, definitions)}, or retire ${definitions.length === 1 ? "that source" : "those sources"}: part of a schema misleads whoever reads or runs it.`
			: "",
		isOnlyStored(subject, sidesOf(delta).having)
			? `No model maps ${it}: if nothing uses ${it}, drop ${it} instead.`
			: "",
	];
	return sentences.filter(Boolean).join(" ");
}

/** Whether databases have the table and, of the models that there are, none. */
function isOnlyStored({ database }: Case, having: readonly string[]): boolean {
	const isModel = (source: string): boolean => !isStore(database, source);
	return (
		database.views.some(({ id }) => isModel(id)) &&
		!having.some(isModel) &&
		having.some((source) => database.roleOf(source) === "database")
	);
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
				message: messageOf(subject, names),
				help:
					existsInTruth(subject) === true
						? additionHelp(subject, "many")
						: `Create them in ${pathsText(
								database,
								lacking.filter((source) => isStore(database, source)),
							)}, or remove them from ${pathsText(database, having)}.`,
			};
		},
	};
}
