/** What rows say of keys that a database lacks: duplicates, and references to rows that are not there. */
import { EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { identifier } from "../expression/identifier.js";
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { compareText, qualifiedName, quoteIdentifier } from "../model/address.js";
import type { Kind } from "../model/kinds.js";
import { type Entity, typeValueSchema } from "../model/snapshot.js";
import { tableLabel } from "../report/describe.js";
import { type DatabaseContext, pathsText } from "../rules/context.js";
import { conditionIn, type Ground, termIn, termText } from "./conditions.js";
import {
	grouped,
	type Heard,
	have,
	type Inquiry,
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
import { sqlColumns, sqlTable } from "./sql.js";

/** What the database lacks, as those state it that have it; nothing where the database has it, or does not deny it. */
export function lacked(
	delta: Delta,
	source: string,
	database: DatabaseContext,
): ({ readonly entity: Entity } & Ground) | undefined {
	const isLacked = delta.claims.some((claim) => claim.source === source && claim.state === "absent");
	const [entity] = delta.entities.values();
	const view = database.views.find(({ id }) => id === source);
	if (!isLacked || !entity || !view || delta.table === undefined || !view.tables.has(delta.table))
		return undefined;
	return { entity, view, table: delta.table, names: ownNames(database, source) };
}

/** A unique constraint or primary key that the database lacks: does a key occur twice? */
export const duplicates: Inquiry = {
	applies: ({ kind, aspect }) => (kind === "unique" || kind === "primaryKey") && aspect === EXISTENCE,
	ask(delta, source, database) {
		const key = lacked(delta, source, database);
		if (!key) return [];
		const question = duplicatesQuestion(key.entity, key);
		return question ? [question] : [];
	},
	tell(subject) {
		const { heard, delta, database } = subject;
		const observed = observedLines(
			subject,
			(one) => `duplicates of ${keyText(one.question)}`,
			duplicatesText,
		);
		const tally = tallyOf(heard);
		const base = { observed, group: tally };
		const [first] = heard;
		if (tally === "open" || first?.question.ask !== "duplicates") return base;
		if (tally === "some") {
			const where = pathsText(database, withHits(heard));
			const isMapped = delta.claims.some(
				({ source, state }) => state === "value" && database.roleOf(source) === "model",
			);
			const advice = `Some keys occur more than once in ${where}: those rows must be merged or removed before it can be created there.`;
			return {
				...base,
				severity: raised(subject, isMapped ? "critical" : "high"),
				advice: { one: advice, many: advice.replace("it can", "they can") },
			};
		}
		const where = pathsText(
			database,
			heard.map(({ source }) => source),
		);
		return {
			...base,
			advice: {
				one: `No key occurs twice in ${where}: ${creationOf(first.question, delta.kind)} succeeds there as it is.`,
				many: `No key occurs twice in ${where}: they can be created there as it is.`,
			},
		};
	},
};

/**
 * Whether keys occur twice, in the database's own names; nothing where it cannot be asked. Expressions and predicates of another
 * source are not run: they are asked as far as they can be said in terms.
 */
export function duplicatesQuestion(entity: Entity, ground: Ground): Duplicates | undefined {
	const { view, table, names } = ground;
	const elements = statedValue(entity, entity.kind === "unique" ? "elements" : "columns");
	if (!isTexts(elements) || elements.length === 0) return undefined;
	const own = view.columns.get(table);
	const [columns, others] = [true, false].map((is) => elements.filter((one) => own?.has(one) === is));
	const terms = (others ?? []).map((one) => (one.startsWith("(") ? termIn(one, ground) : undefined));
	const expressions = terms
		.filter((term) => term !== undefined)
		.sort((a, b) => compareText(termText(a), termText(b)));
	const where = conditionIn(entity, "predicate", ground);
	const isPartial = (statedValue(entity, "predicate") ?? null) !== null;
	if (expressions.length < terms.length || (isPartial && !where)) return undefined;
	return {
		ask: "duplicates",
		table: names.table(table),
		columns: (columns ?? []).map((column) => names.column(table, column)).sort(),
		...(expressions.length > 0 ? { expressions } : {}),
		...(where ? { where } : {}),
		nullsEqual: statedValue(entity, "nullsNotDistinct") === true,
	};
}

type Duplicates = Extract<Question, { ask: "duplicates" }>;

/** The statement that makes the key; only an index has expressions and a predicate. */
function creationOf({ table, columns, expressions, where, nullsEqual }: Duplicates, kind: Kind): string {
	const nulls = nullsEqual ? " NULLS NOT DISTINCT" : "";
	if (kind === "primaryKey") return `ALTER TABLE ${sqlTable(table)} ADD PRIMARY KEY (${sqlColumns(columns)})`;
	if (!expressions && !where)
		return `ALTER TABLE ${sqlTable(table)} ADD UNIQUE${nulls} (${sqlColumns(columns)})`;
	const elements = [...columns.map(identifier), ...(expressions ?? []).map((one) => `(${termText(one)})`)];
	const condition = where ? ` WHERE ${termText(where)}` : "";
	return `CREATE UNIQUE INDEX ON ${sqlTable(table)} (${elements.join(", ")})${nulls}${condition}`;
}

/** `users (email)`, `users (lower(email)) where deleted_at IS NULL`. */
export function keyText(question: Question): string {
	const columns = "columns" in question ? question.columns : [];
	const { expressions = [], where } = question.ask === "duplicates" ? question : {};
	const elements = [...columns.map(quoteIdentifier), ...expressions.map(termText)];
	return `${tableLabel(question.table)} (${elements.join(", ")})${where ? ` where ${termText(where)}` : ""}`;
}

function duplicatesText(heard: Heard): string {
	const { result } = heard;
	if (!("basis" in result)) return "";
	const within =
		result.basis === "exact" ? `${grouped(result.rows)} rows` : `${grouped(result.rows)} sampled rows`;
	const key = keyText(heard.question);
	if (result.hits > 0)
		return `${grouped(result.hits)} ${result.hits === 1 ? "key" : "keys"} of ${key} ${result.hits === 1 ? "occurs" : "occur"} more than once in ${within}`;
	return result.basis === "exact"
		? `no key of ${key} occurs twice in ${within}`
		: `no key of ${key} occurs twice in ${within}; that says little of all the others`;
}

/** A foreign key that the database lacks: do rows point nowhere? */
export const orphans: Inquiry = {
	applies: ({ kind, aspect }) => kind === "foreignKey" && aspect === EXISTENCE,
	ask(delta, source, database) {
		const key = lacked(delta, source, database);
		const question = key && orphansQuestion(key);
		return question ? [question] : [];
	},
	tell(subject) {
		const { heard, database } = subject;
		const observed = observedLines(
			subject,
			(one) => `rows of ${keyText(one.question)} that point nowhere`,
			(one) => `${rowsText(database, one)} ${pointsNowhere(one)}`,
		);
		const tally = tallyOf(heard);
		if (tally === "open") return { observed, group: tally };
		return { observed, group: tally, ...followsFromOrphans(subject, tally) };
	},
};

function pointsNowhere(heard: Heard): string {
	const target = heard.question.ask === "orphans" ? tableLabel(heard.question.references.table) : "";
	const several = have(heard) === "have";
	return `${several ? "point" : "points"} to a row of ${target} that is not there`;
}

function followsFromOrphans(subject: Told, tally: "some" | "none"): Pick<Sharpening, "severity" | "advice"> {
	const { heard, database } = subject;
	const [first] = heard;
	if (first?.question.ask !== "orphans") return {};
	if (tally === "some") {
		const where = pathsText(database, withHits(heard));
		const text = `There are rows in ${where} that point nowhere: they must be mended or removed before`;
		return {
			severity: raised(subject, "high"),
			advice: { one: `${text} it can be created there.`, many: `${text} they can be created there.` },
		};
	}
	const where = pathsText(
		database,
		heard.map(({ source }) => source),
	);
	const { table, columns, references } = first.question;
	const statement = `ALTER TABLE ${sqlTable(table)} ADD FOREIGN KEY (${sqlColumns(columns)}) REFERENCES ${sqlTable(references.table)} (${sqlColumns(references.columns)})`;
	return {
		advice: {
			one: `No row in ${where} points nowhere: ${statement} succeeds there as it is.`,
			many: `No row in ${where} points nowhere: they can be created there as it is.`,
		},
	};
}

/**
 * Only where the database could have the key: what is referenced is a key there, so that each row is looked up in its
 * index; and both sides are of one built-in type, whose comparison runs none of the database's own code.
 */
function orphansQuestion(key: NonNullable<ReturnType<typeof lacked>>): Question | undefined {
	const { entity, view, table, names } = key;
	const columns = statedValue(entity, "columns");
	const reference = referenceIn(statedValue(entity, "references"));
	if (!isTexts(columns) || columns.length === 0 || reference?.columns.length !== columns.length)
		return undefined;
	const target = qualifiedName(reference.schema, reference.table);
	if (!view.tables.has(target) || !isKey(view, target, reference.columns)) return undefined;
	const isAlike = columns.every((column, at) =>
		comparable(
			view.columns.get(table)?.get(column),
			view.columns.get(target)?.get(reference.columns[at] ?? ""),
		),
	);
	if (!isAlike) return undefined;
	return {
		ask: "orphans",
		table: names.table(table),
		columns: columns.map((column) => names.column(table, column)),
		references: {
			table: names.table(target),
			columns: reference.columns.map((column) => names.column(target, column)),
		},
	};
}

function isKey(view: SourceView, table: string, columns: readonly string[]): boolean {
	const wanted = [...columns].sort().join("\n");
	return (view.children.get(table) ?? []).some((entity) => {
		if (entity.kind !== "primaryKey" && entity.kind !== "unique") return false;
		const own = statedValue(entity, entity.kind === "unique" ? "elements" : "columns");
		return isTexts(own) && !statedValue(entity, "predicate") && [...own].sort().join("\n") === wanted;
	});
}

const INTEGERS = /^(?:smallint|integer|bigint)$/;
const TEXTS = /^(?:text|character varying)$/;

function comparable(a: Entity | undefined, b: Entity | undefined): boolean {
	const [one, other] = [a, b].map(
		(entity) => typeValueSchema.safeParse(entity && statedValue(entity, "type")).data,
	);
	if (!one || !other || one.dimensions + other.dimensions > 0) return false;
	if (one.schema !== undefined || other.schema !== undefined) return false;
	return (
		[INTEGERS, TEXTS].some((family) => family.test(one.name) && family.test(other.name)) ||
		one.name === other.name
	);
}
