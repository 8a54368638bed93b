/**
 * `column-missing`: a column that a program or store has does not exist elsewhere.
 * `insert-fails`: the database demands a column that a program does not have.
 * `column-unmapped`: a program leaves out a column that it can live without.
 */
import { type Claim, EXISTENCE } from "../../compare/claims.js";
import { statedValue } from "../../matching/facts.js";
import { ownName, quoteIdentifier } from "../../model/address.js";
import type { Entity } from "../../model/snapshot.js";
import { count, describeValue, tableLabel } from "../../report/describe.js";
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
import { memberNames } from "../fold-names.js";
import { foldInserts } from "../inserts.js";
import { ormName } from "../programs.js";
import { foldByPresence, judge, presenceHelp, sidesOf } from "./judge.js";

export const columnMissing: DeltaRule = {
	applies: (delta) => delta.kind === "column" && delta.aspect === EXISTENCE,
	judge(subject) {
		const { delta, database } = subject;
		const { having, lacking } = sidesOf(delta);
		const storesLack = lacking.some((source) => isStore(database, source));
		const storesHave = having.some((source) => isStore(database, source));
		if (storesHave && !storesLack) return unmapped(subject);
		if (!storesHave && !storesLack) return betweenModels(subject);
		return missing(subject);
	},
};

function missing(subject: Case): Draft {
	const what = subjectText(subject.delta);
	return judge(subject, {
		code: "column-missing",
		ofProgram: (program, store) => programEffect(program, store, subject),
		otherwise: storesEffect,
		message: ({ delta, database }) => {
			const { having, lacking } = sidesOf(delta);
			return `column ${what} is in ${pathsText(database, having)}, but not in ${pathsText(database, lacking, "or")}`;
		},
		help: (one) => presenceHelp(one, `the column${definitionText(one)}`),
		helpMany: (one) => presenceHelp(one, "the columns", "many"),
		fold: ({ delta }) => {
			const table = delta.table ?? "";
			const name = quoteIdentifier(ownName(delta.address));
			return foldByPresence(subject, `columns of ${tableLabel(table)}`, {
				group: table,
				name,
				nouns: "columns",
			});
		},
	});
}

function programEffect(program: Claim, store: Claim, subject: Case): Effect | undefined {
	const { delta, database } = subject;
	if (program.state === "value" && store.state === "absent") {
		const on = (stores: readonly string[]) => {
			const tail = `fails on ${runText(database, stores)}, the ORM's own SELECT among them (42703: column does not exist)`;
			return {
				text: `every query that names ${quoteIdentifier(ownName(delta.address))} ${tail}`,
				many: `every query that names one of them ${tail}`,
			};
		};
		return { severity: "critical", ...on([store.source]), on };
	}
	const demanded = store.state === "value" ? delta.entities.get(store.source) : undefined;
	return demanded && isDemanded(demanded) ? insertEffect(subject) : undefined;
}

function insertEffect({ delta }: Case): Effect {
	const fails = `every INSERT into ${tableLabel(delta.table ?? "")} fails (23502)`;
	return {
		severity: "critical",
		text: `${fails}: ${quoteIdentifier(ownName(delta.address))} is NOT NULL without a default, and the model does not have it`,
		many: `${fails}: a column that the model does not have is NOT NULL without a default`,
	};
}

/** Whether a row cannot be inserted without a value for the column. */
function isDemanded(column: Entity): boolean {
	return (
		statedValue(column, "nullable") === false &&
		statedValue(column, "default") === null &&
		(statedValue(column, "generated") ?? null) === null
	);
}

function storesEffect(subject: Case): Effect {
	const { delta, database } = subject;
	const { having, lacking } = sidesOf(delta);
	const stores = lacking.filter((source) => isStore(database, source));
	const name = quoteIdentifier(ownName(delta.address));
	if (isLeftover(subject)) {
		return {
			severity: "medium",
			text: `no program maps ${name}: it is a leftover, or a change that was made by hand in ${pathsText(database, having)}`,
			many: `no program maps them: they are leftovers, or changes that were made by hand in ${pathsText(database, having)}`,
		};
	}
	const tail = `fail on ${runText(database, stores)} (42703: column does not exist)`;
	return {
		severity: "high",
		text: `statements that name ${name} ${tail}`,
		many: `statements that name one of them ${tail}`,
	};
}

/** Whether programs map the table, none of them has the column, and rows can be inserted without it. */
function isLeftover({ delta, database }: Case): boolean {
	const { having, lacking } = sidesOf(delta);
	const programs = [...having, ...lacking].filter((source) => !isStore(database, source));
	if (programs.length === 0 || programs.some((source) => having.includes(source))) return false;
	return [...delta.entities.values()].every((column) => !isDemanded(column));
}

function unmapped(subject: Case): Draft | undefined {
	const { delta, database, decision } = subject;
	const { having, lacking } = sidesOf(delta);
	const holder =
		having.find((source) => isStore(database, source) && decision.truth.includes(source)) ?? having[0];
	const column = delta.entities.get(holder ?? "");
	const what = subjectText(delta);
	if (column && isDemanded(column)) {
		const filling = otherFillers(subject);
		return {
			code: "insert-fails",
			severity: "critical",
			message: `${what} is NOT NULL without a default, and ${pathsText(database, lacking)} ${lacking.length === 1 ? "does" : "do"} not have it`,
			why: `No row can be inserted without it${filling}.`,
			help: `Map the column${definitionText(subject)} in ${pathsText(database, lacking)}, or give it a default in the database.`,
			consequences: lacking.map((source) => ({
				source,
				text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: ${insertEffect(subject).text}`,
			})),
			fold: foldInserts(database, delta.table ?? "", ownName(delta.address), "lacks"),
		};
	}
	return {
		code: "column-unmapped",
		severity: "info",
		message: `column ${what} is not mapped by ${pathsText(database, lacking, "or")}`,
		why: "That program neither reads nor writes it; rows it inserts get NULL or the database's default.",
		help: "Nothing breaks. Map it where it is needed.",
		consequences: [],
		fold: {
			key: `${delta.table}|${lacking.join()}`,
			name: quoteIdentifier(ownName(delta.address)),
			words: (members) => ({
				message: `${count(members.length, "column")} of ${tableLabel(delta.table ?? "")} (${memberNames(members, 5)}) are not mapped by ${pathsText(database, lacking, "or")}`,
			}),
		},
	};
}

/** "; x fills it itself": the client-side defaults that make one program work and the other fail. */
function otherFillers({ delta, database }: Case): string {
	const fillers = [...delta.entities].flatMap(([source, column]) => {
		const fills = statedValue(column, "clientDefault");
		return fills ? [`${database.pathOf(source)} fills it itself (${String(fills)})`] : [];
	});
	return fillers.length > 0 ? `; ${fillers.join(", ")}, which helps no other program` : "";
}

/** Programs alone: no store says which of them is right. */
function betweenModels(subject: Case): Draft {
	const { delta, database } = subject;
	const { having, lacking } = sidesOf(delta);
	return {
		code: "column-unmapped",
		severity: "low",
		message: `column ${subjectText(delta)} is in ${pathsText(database, having)}, but not in ${pathsText(database, lacking, "or")}`,
		why: "No definition says whether the column exists: either one program queries a column that is not there, or the other leaves it out.",
		help: presenceHelp(subject, "the column"),
		consequences: [],
		fold: {
			key: `${delta.table}|${having.join()}|${lacking.join()}`,
			words: (members) => ({
				message: `${count(members.length, "column")} of ${tableLabel(delta.table ?? "")} are in ${pathsText(database, having)}, but not in ${pathsText(database, lacking, "or")}`,
				help: presenceHelp(subject, "the columns", "many"),
			}),
		},
	};
}

/** " (varchar(255) not null)": how the column is defined where it exists. */
function definitionText({ delta }: Case): string {
	const [column] = delta.entities.values();
	if (!column) return "";
	const type = statedValue(column, "type");
	const nullable = statedValue(column, "nullable");
	const words = [
		type === undefined ? "" : describeValue("column", "type", type),
		nullable === false ? "not null" : "",
	].filter(Boolean);
	return words.length > 0 ? ` (${words.join(" ")})` : "";
}
