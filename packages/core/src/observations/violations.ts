/** What rows say of CHECK constraints that a database lacks or has in another form: whether some break them. */
import { EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { tableLabel } from "../report/describe.js";
import { type DatabaseContext, pathsText } from "../rules/context.js";
import { conditionIn, type Ground, termText } from "./conditions.js";
import {
	askedOf,
	type Heard,
	have,
	type Inquiry,
	observedLines,
	ownNames,
	raised,
	rowsText,
	type Told,
	tallyOf,
	type Words,
	withHits,
} from "./inquiry.js";
import { lacked } from "./keys.js";
import { sqlTable } from "./sql.js";
import type { Term } from "./terms.js";

/** A CHECK that the database lacks, or has with another condition: are there rows that it refuses? */
export const violations: Inquiry = {
	applies: ({ kind, aspect }) => kind === "check" && (aspect === EXISTENCE || aspect === "expression"),
	ask(delta, source, database) {
		const wanted =
			delta.aspect === EXISTENCE
				? lackedCondition(delta, source, database)
				: otherConditions(delta, source, database);
		return wanted.map(({ ground, condition }) => ({
			ask: "violations",
			table: ground.names.table(ground.table),
			condition,
		}));
	},
	tell(subject) {
		const { heard, delta, database } = subject;
		const observed = observedLines(
			subject,
			(one) => `rows of ${tableLabel(one.question.table)} that break ${brokenText(one)}`,
			(one) => `${rowsText(database, one)} ${have(one) === "have" ? "break" : "breaks"} ${brokenText(one)}`,
		);
		const tally = tallyOf(heard);
		const [first] = heard;
		if (tally === "open" || !first) return { observed, group: tally };
		const what = delta.aspect === EXISTENCE ? "it" : brokenText(first);
		const advice = tally === "some" ? inItsWay(subject, what) : nothingInItsWay(subject, first, what);
		return {
			observed,
			group: tally,
			...(tally === "some" ? { severity: raised(subject, "high") } : {}),
			// With several conditions the lines say which of them are broken.
			...(delta.aspect !== EXISTENCE && heard.length > 1 ? {} : { advice }),
		};
	},
};

interface Asked {
	readonly ground: Ground;
	readonly condition: Term;
}

function lackedCondition(delta: Delta, source: string, database: DatabaseContext): Asked[] {
	const ground = lacked(delta, source, database);
	const condition = ground && conditionIn(ground.entity, "expression", ground);
	return condition ? [{ ground, condition }] : [];
}

/** Those of the others, where the database has another of its own. */
function otherConditions(delta: Delta, source: string, database: DatabaseContext): Asked[] {
	const own = delta.entities.get(source);
	const view = database.views.find(({ id }) => id === source);
	if (!own || !view || delta.table === undefined || !view.tables.has(delta.table)) return [];
	const ground = { view, table: delta.table, names: ownNames(database, source) };
	const its = delta.classes.find((members) => members.includes(source)) ?? [];
	const others = [...delta.entities].filter(([id]) => !its.includes(id));
	const conditions = others.flatMap(([, entity]) => conditionIn(entity, "expression", ground) ?? []);
	return [...new Map(conditions.map((condition) => [termText(condition), { ground, condition }])).values()];
}

function inItsWay({ heard, database }: Told, what: string): Words {
	const text = `There are rows in ${pathsText(database, withHits(heard))} that break`;
	const before = "they must be mended or removed before";
	return {
		one: `${text} ${what}: ${before} it can be created there.`,
		many: `${text} them: ${before} they can be created there.`,
	};
}

function nothingInItsWay({ heard, database }: Told, { question }: Heard, what: string): Words {
	const text = `No row in ${pathsText(database, askedOf(heard))} breaks`;
	const statement = `ALTER TABLE ${sqlTable(question.table)} ADD CHECK (${brokenText({ question })})`;
	return {
		one: `${text} ${what}: ${statement} succeeds there as it is.`,
		many: `${text} them: they can be created there as it is.`,
	};
}

function brokenText({ question }: Pick<Heard, "question">): string {
	return question.ask === "violations" ? termText(question.condition) : "";
}
