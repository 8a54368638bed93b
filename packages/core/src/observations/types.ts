/** What values say of columns that others give a narrower type: whether they fit it. */
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
import { tableOf } from "../model/address.js";
import { listOf } from "../report/describe.js";
import { type DatabaseContext, isStore } from "../rules/context.js";
import {
	claimOf,
	columnIn,
	columnText,
	estimateOf,
	grouped,
	type Heard,
	have,
	type Inquiry,
	loweredByRows,
	mentions,
	observedLines,
	ownColumn,
	raised,
	rowsText,
	type Sharpening,
	type Told,
	tableParts,
	tallyOf,
	type Words,
} from "./inquiry.js";
import type { Question, Target } from "./schema.js";
import { alterColumn, sqlColumns } from "./sql.js";
import { TARGET_NAMES, targetsOf } from "./targets.js";

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
			(one) => `${fitText(database, one)}${longestText(one)}`,
		);
		const tally = tallyOf(heard);
		const base = { observed, group: tally };
		const [first] = heard;
		if (tally === "open" || heard.length > 1 || !first) return base;
		return { ...base, ...followsFromFit(subject, first, tally) };
	},
};

/** "all 1,204 values of users.ref are valid as uuid", "3 of 1,204 values of users.ref are not valid as uuid". */
function fitText(database: DatabaseContext, heard: Heard): string {
	const { result, question } = heard;
	if (!("basis" in result) || question.ask !== "fits") return "";
	const { target } = question;
	if (result.rows === 0) return `${columnText(heard)} holds no value`;
	const isFit = result.hits === 0;
	const shown = isFit ? { ...heard, result: { ...result, hits: result.rows } } : heard;
	const rows = rowsText(database, shown, { noun: "value", of: columnText(heard) });
	const be = have(shown) === "have" ? "are" : "is";
	if (target.is === "length")
		return `${rows} ${have(shown)} ${isFit ? "at most" : "more than"} ${grouped(target.most)} characters`;
	return target.is === "labels"
		? `${rows} ${be} ${isFit ? "one" : "none"} of its labels`
		: `${rows} ${be} ${isFit ? "" : "not "}valid as ${TARGET_NAMES[target.type]}`;
}

function longestText({ result }: Heard): string {
	const longest = "longest" in result ? result.longest : undefined;
	return longest === undefined ? "" : `; the longest has ${grouped(longest)}`;
}

function followsFromFit(
	subject: Told,
	heard: Heard,
	tally: "some" | "none",
): Omit<Sharpening, "observed" | "group"> {
	const { source, question } = heard;
	if (question.ask !== "fits") return {};
	const { target, table, column } = question;
	const path = subject.database.pathOf(source);
	const isWanted = mayBecome(subject, source);
	if (target.is === "length") {
		if (tally === "some") return { severity: raised(subject, "medium") };
		const statement = alterColumn(table, column, `TYPE varchar(${target.most})`);
		return {
			severity: loweredByRows(subject, "low"),
			...(isWanted
				? {
						advice: {
							one: `No value in ${path} is longer than ${grouped(target.most)}: ${statement} succeeds there.`,
							many: `No value in ${path} is longer than that: the columns can be made shorter there.`,
						},
					}
				: {}),
		};
	}
	if (target.is === "labels") {
		const text = `Every value in ${path} is a label of the enum: a cast to it succeeds there.`;
		return tally === "some" || !isWanted ? {} : { advice: { one: text, many: text } };
	}
	if (isWholeNumber(subject, source)) {
		const text = `No value in ${path} is out of the range of ${TARGET_NAMES[target.type]} yet.`;
		return tally === "some"
			? {}
			: { severity: loweredByRows(subject, "medium"), advice: { one: text, many: text } };
	}
	if (!isWanted) return {};
	return {
		advice:
			tally === "some" ? inTheCastsWay(path, target) : castAdvice(subject, source, { target, table, column }),
	};
}

/** Whether the database's column may be the one to change: not where it is right, and another that creates or is a database is to follow it. */
function mayBecome({ found, database }: Told, source: string): boolean {
	const { truth, deviating } = found.verdict;
	return truth === null || deviating.includes(source) || !deviating.some((id) => isStore(database, id));
}

function inTheCastsWay(path: string, target: Cast["target"]): Words {
	const text = `The values in ${path} that are not valid as ${TARGET_NAMES[target.type]} must be mended or removed before`;
	return { one: `${text} the column can become that.`, many: `${text} the columns can become that.` };
}

interface Cast {
	readonly target: Extract<Target, { is: "type" }>;
	readonly table: string;
	readonly column: string;
}

function castAdvice(subject: Told, source: string, { target, table, column }: Cast): Words {
	const { database } = subject;
	const type = TARGET_NAMES[target.type];
	const where = database.pathOf(source);
	const rows = estimateOf(database, source, table) ?? 0;
	const cast = alterColumn(table, column, `TYPE ${type} USING ${sqlColumns([column])}::${type}`);
	const zone =
		target.type === "timestamp with time zone" ? " Values without a zone are taken in the session's." : "";
	const cost = rows >= LARGE ? ` It rewrites about ${grouped(rows)} rows under an exclusive lock.` : "";
	return {
		one: `In ${where} no value is in the way of ${cast}.${inTheWay(subject, source)}${cost}${zone}`,
		many: `In ${where} no value is in the way of ALTER COLUMN … TYPE ${type} USING …::${type}.${zone}`,
	};
}

/** What else keeps Postgres from changing the type of a column (manual, "ALTER TABLE"). */
function inTheWay({ delta, database }: Told, source: string): string {
	const { table, column } = columnIn(delta);
	const [schema, name] = tableParts(table);
	const view = database.views.find(({ id }) => id === source);
	const entity = delta.entities.get(source);
	if (!view || !entity) return "";
	const entities = [...view.byAddress.values()].flat();
	const isKey = entities.some((one) => {
		if (one.kind !== "foreignKey") return false;
		const reference = referenceIn(statedValue(one, "references"));
		const isTarget =
			reference?.schema === schema && reference.table === name && reference.columns.includes(column);
		const own = statedValue(one, "columns");
		return isTarget || (tableOf(one.address) === table && isTexts(own) && own.includes(column));
	});
	const isRead = entities.some((one) => one.kind === "view" && mentions(one, name) && mentions(one, column));
	const hindrances = [
		(statedValue(entity, "default") ?? null) === null ? [] : ["its default"],
		isKey ? ["the foreign keys on it"] : [],
		isRead ? ["the views that read it"] : [],
	].flat();
	return hindrances.length === 0
		? ""
		: ` Before, ${listOf(hindrances)} must be dropped, and made anew after.`;
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
