/** What rows say of CHECK constraints that a database lacks: whether some break them. */
import { EXISTENCE } from "../compare/claims.js";
import { tableLabel } from "../report/describe.js";
import { pathsText } from "../rules/context.js";
import { conditionIn, termText } from "./conditions.js";
import {
	askedOf,
	type Heard,
	have,
	type Inquiry,
	observedLines,
	raised,
	rowsText,
	tallyOf,
	withHits,
} from "./inquiry.js";
import { lacked } from "./keys.js";
import { sqlTable } from "./sql.js";

/** A CHECK that the database lacks: are there rows that it refuses? */
export const violations: Inquiry = {
	applies: ({ kind, aspect }) => kind === "check" && aspect === EXISTENCE,
	ask(delta, source, database) {
		const place = lacked(delta, source, database);
		const condition = place && conditionIn(place.entity, "expression", place);
		return condition ? [{ ask: "violations", table: place.names.table(place.table), condition }] : [];
	},
	tell(subject) {
		const { heard, database } = subject;
		const observed = observedLines(
			subject,
			(one) => `rows of ${tableLabel(one.question.table)} that break ${brokenText(one)}`,
			(one) => `${rowsText(database, one)} ${have(one) === "have" ? "break" : "breaks"} ${brokenText(one)}`,
		);
		const tally = tallyOf(heard);
		const [first] = heard;
		if (tally === "open" || first?.question.ask !== "violations") return { observed, group: tally };
		if (tally === "some") {
			const text = `There are rows in ${pathsText(database, withHits(heard))} that break it: they must be mended or removed before`;
			return {
				observed,
				group: tally,
				severity: raised(subject, "high"),
				advice: {
					one: `${text} it can be created there.`,
					many: `${text.replace("break it", "break them")} they can be created there.`,
				},
			};
		}
		const where = pathsText(database, askedOf(heard));
		const { table, condition } = first.question;
		return {
			observed,
			group: tally,
			advice: {
				one: `No row in ${where} breaks it: ALTER TABLE ${sqlTable(table)} ADD CHECK (${termText(condition)}) succeeds there as it is.`,
				many: `No row in ${where} breaks them: they can be created there as it is.`,
			},
		};
	},
};

function brokenText({ question }: Heard): string {
	return question.ask === "violations" ? termText(question.condition) : "";
}
