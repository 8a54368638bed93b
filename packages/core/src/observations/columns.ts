/** What rows say of columns: NULLs where others say NOT NULL, values that fit another type, columns that hold nothing. */
import { type Claim, EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { statedValue } from "../matching/facts.js";
import { quoteIdentifier } from "../model/address.js";
import { listOf, tableLabel } from "../report/describe.js";
import { type DatabaseContext, pathsText } from "../rules/context.js";
import {
	columnIn,
	estimateOf,
	grouped,
	type Heard,
	have,
	type Inquiry,
	lowered,
	observedLines,
	ownNames,
	raised,
	rowsText,
	type Sharpening,
	type Told,
	tallyOf,
	withHits,
} from "./inquiry.js";
import type { Question } from "./schema.js";
import { alterColumn, sqlColumns } from "./sql.js";
import { TARGET_NAMES, targetsOf } from "./targets.js";

const claimOf = (delta: Delta, source: string): Claim | undefined =>
	delta.claims.find((claim) => claim.source === source);

const says = (claim: Claim | undefined, value: boolean): boolean =>
	claim?.state === "value" && claim.value === value;

/** The column under the database's own names; only tables have rows that are asked. */
function ownColumn(
	delta: Delta,
	source: string,
	database: DatabaseContext,
): { table: string; column: string } | undefined {
	const { table, column } = columnIn(delta);
	const view = database.views.find(({ id }) => id === source);
	if (!view?.tables.has(table)) return undefined;
	const names = ownNames(database, source);
	return { table: names.table(table), column: names.column(table, column) };
}

function columnText({ question }: Heard): string {
	const column = "column" in question ? question.column : "";
	return `${tableLabel(question.table)}.${quoteIdentifier(column)}`;
}

const nullsText = (heard: Heard): string => `NULLs in ${columnText(heard)}`;

function nullsWords(database: DatabaseContext): (heard: Heard) => string {
	return (heard) =>
		`${rowsText(database, heard)} ${have(heard)} NULL in ${columnText(heard).split(".").at(-1)}`;
}

/** Some say NOT NULL, the database does not: are there NULLs? */
export const nullability: Inquiry = {
	applies: ({ kind, aspect }) => kind === "column" && aspect === "nullable",
	ask(delta, source, database) {
		const isAsked = says(claimOf(delta, source), true) && delta.claims.some((claim) => says(claim, false));
		const place = isAsked ? ownColumn(delta, source, database) : undefined;
		return place ? [{ ask: "nulls", ...place }] : [];
	},
	tell(subject) {
		const { heard, database } = subject;
		const observed = observedLines(subject, nullsText, nullsWords(database));
		const tally = tallyOf(heard);
		const base = { observed, group: tally };
		const [first] = heard;
		if (tally === "open" || first?.question.ask !== "nulls") return base;
		const where = pathsText(database, tally === "some" ? withHits(heard) : heard.map(({ source }) => source));
		const statement = alterColumn(first.question.table, first.question.column, "SET NOT NULL");
		return tally === "some"
			? {
					...base,
					severity: raised(subject, "high"),
					advice: {
						one: `There are NULLs in ${where}: before ${statement} succeeds there, they must be filled.`,
						many: `There are NULLs in ${where}: before SET NOT NULL succeeds there, they must be filled.`,
					},
				}
			: {
					...base,
					severity: lowered(subject, "low"),
					advice: {
						one: `There is no NULL in ${where}: ${statement} succeeds there as it is.`,
						many: `There is no NULL in ${where}: SET NOT NULL succeeds there on each of them as it is.`,
					},
				};
	},
};

/** Nothing but databases has the column: does it hold anything? */
export const loneColumn: Inquiry = {
	applies: ({ kind, aspect }) => kind === "column" && aspect === EXISTENCE,
	ask(delta, source, database) {
		const having = delta.claims.filter((claim) => claim.state === "value").map((claim) => claim.source);
		if (!having.includes(source) || !having.every((one) => database.roleOf(one) === "database")) return [];
		const entity = delta.entities.get(source);
		const place = ownColumn(delta, source, database);
		if (!place || !entity || statedValue(entity, "nullable") !== true) return [];
		return [{ ask: "nulls", ...place }];
	},
	tell(subject) {
		const { heard, database, found } = subject;
		const observed = observedLines(subject, nullsText, nullsWords(database));
		const isVoid = heard.every(
			({ result }) => "basis" in result && result.basis === "exact" && result.hits === result.rows,
		);
		if (!isVoid) return { observed, group: "held" };
		const where = pathsText(
			database,
			heard.map(({ source }) => source),
		);
		return {
			observed,
			severity: found.consequences.length > 0 ? found.severity : lowered(subject, "low"),
			advice: {
				one: `It holds nothing in ${where}: no value is lost if it is dropped there.`,
				many: `They hold nothing in ${where}: no value is lost if they are dropped there.`,
			},
			group: "void",
		};
	},
};

/** From this many rows on, that a change of type rewrites the table is worth a word. */
const LARGE = 1_000_000;

/** The database has a wider type than others say: do its values fit theirs? */
export const types: Inquiry = {
	applies: ({ kind, aspect, grade }) => kind === "column" && aspect === "type" && grade === "different",
	ask(delta, source, database) {
		const place = ownColumn(delta, source, database);
		if (!place || database.roleOf(source) !== "database") return [];
		return targetsOf(delta, source, database).map((target): Question => ({ ask: "fits", ...place, target }));
	},
	tell(subject) {
		const { heard, database } = subject;
		const observed = observedLines(
			subject,
			(one) => `whether the values of ${columnText(one)} fit`,
			(one) => `${rowsText(database, one, "value")} ${misfit(one)}${longestText(one)}`,
		);
		const tally = tallyOf(heard);
		const base = { observed, group: tally };
		const [first] = heard;
		if (tally === "open" || heard.length > 1 || !first) return base;
		return { ...base, ...followsFromFit(subject, first, tally) };
	},
};

function misfit({ result, question }: Heard): string {
	const several = "hits" in result && result.hits > 1;
	const target = question.ask === "fits" ? question.target : undefined;
	if (target?.is === "length")
		return `${several ? "have" : "has"} more than ${grouped(target.most)} characters`;
	if (target?.is === "labels")
		return `${several ? "are" : "is"} none of ${listOf(
			target.labels.map((one) => `'${one}'`),
			5,
		)}`;
	return `${several ? "are" : "is"} no valid ${target ? TARGET_NAMES[target.type] : "value"}`;
}

function longestText({ result }: Heard): string {
	const longest = "longest" in result ? result.longest : undefined;
	return longest === undefined ? "" : `; the longest has ${grouped(longest)}`;
}

function followsFromFit(
	subject: Told,
	{ source, question, result }: Heard,
	tally: "some" | "none",
): Pick<Sharpening, "severity" | "advice"> {
	const { database } = subject;
	if (question.ask !== "fits" || !("basis" in result)) return {};
	const { target, table, column } = question;
	const path = database.pathOf(source);
	if (target.is === "length") {
		if (tally === "some") return { severity: raised(subject, "medium") };
		return {
			advice: bothWays(
				`No value in ${path} is longer: ${alterColumn(table, column, `TYPE varchar(${target.most})`)} succeeds there.`,
			),
		};
	}
	const isNumber = target.is === "type" && /int/.test(target.type) && isWholeNumber(subject, source);
	if (isNumber) {
		if (tally === "some") return {};
		return {
			severity: lowered(subject, "medium"),
			advice: bothWays(`No value in ${path} is beyond ${TARGET_NAMES[target.type]} yet.`),
		};
	}
	if (tally === "some" || result.rows === 0) return {};
	const type = target.is === "type" ? TARGET_NAMES[target.type] : "label of the enum";
	if (target.is !== "type")
		return { advice: bothWays(`Every value in ${path} is a ${type}: the column can be cast to it there.`) };
	const rows = estimateOf(database, source, table) ?? 0;
	const cost = rows >= LARGE ? ` It rewrites about ${grouped(rows)} rows under an exclusive lock.` : "";
	const zone =
		target.type === "timestamp with time zone" ? " Values without a zone are taken in the session's." : "";
	const cast = alterColumn(table, column, `TYPE ${type} USING ${sqlColumns([column])}::${type}`);
	return {
		advice: {
			one: `Every value in ${path} is a valid ${type}, so the column can become one: ${cast}.${cost}${zone}`,
			many: `Every value in ${path} is a valid ${type}, so the columns can become ${type}: ALTER COLUMN … TYPE ${type} USING …::${type}.${zone}`,
		},
	};
}

function bothWays(text: string): NonNullable<Sharpening["advice"]> {
	return { one: text, many: text };
}

/** Whether the database's own type is an integer: what is asked then is the range. */
function isWholeNumber({ delta }: Told, source: string): boolean {
	const claim = claimOf(delta, source);
	return (
		claim?.state === "value" &&
		typeof claim.value === "object" &&
		claim.value !== null &&
		"name" in claim.value &&
		/^(bigint|integer)$/.test(String(claim.value.name))
	);
}
