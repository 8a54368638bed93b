/** What NULLs say of columns: where others say NOT NULL, and where nothing but databases has the column. */
import { type Claim, EXISTENCE } from "../compare/claims.js";
import { statedValue } from "../matching/facts.js";
import { quoteIdentifier } from "../model/address.js";
import { type DatabaseContext, pathsText } from "../rules/context.js";
import {
	askedOf,
	claimOf,
	columnText,
	type Heard,
	have,
	type Inquiry,
	lowered,
	loweredByRows,
	observedLines,
	ownColumn,
	raised,
	rowsText,
	type Told,
	tallyOf,
	type Words,
	withHits,
} from "./inquiry.js";
import { alterColumn } from "./sql.js";

const says = (claim: Claim | undefined, value: boolean): boolean =>
	claim?.state === "value" && claim.value === value;

const nullsText = (heard: Heard): string => `NULLs in ${columnText(heard)}`;

function nullsWords(database: DatabaseContext): (heard: Heard) => string {
	return (heard) => {
		const column = "column" in heard.question ? heard.question.column : "";
		return `${rowsText(database, heard)} ${have(heard)} NULL in ${quoteIdentifier(column)}`;
	};
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
		if (tally === "open") return { observed, group: tally };
		const severity = tally === "some" ? raised(subject, "high") : loweredByRows(subject, "low");
		const help = nullsHelp(subject, tally);
		return { observed, group: tally, severity, ...(help ? { help } : {}) };
	},
};

/** What to do, now that it is known whether SET NOT NULL succeeds. */
function nullsHelp({ heard, database, found }: Told, tally: "some" | "none"): Words | undefined {
	const [first] = heard;
	if (first?.question.ask !== "nulls") return undefined;
	const { table, column } = first.question;
	const where = pathsText(database, tally === "some" ? withHits(heard) : askedOf(heard));
	const statement = alterColumn(table, column, "SET NOT NULL");
	const { truth, deviating } = found.verdict;
	const before = tally === "some" ? `fill the NULLs in ${where}, then ` : "";
	const after = tally === "some" ? "" : ` succeeds in ${where} as it is`;
	const words = (begin: (it: string) => string): Words => ({
		one: `${begin(quoteIdentifier(column))} ${before}${statement}${after}.`,
		many: `${begin("them")} ${before}ALTER TABLE … ALTER COLUMN … SET NOT NULL${after}.`,
	});
	const path = pathsText(database, deviating);
	if (truth === null) return words(() => "Decide whether NULL is allowed. If it is not:");
	if (truth === "not null") return words((it) => `Make ${it} NOT NULL in ${path}:`);
	return words(
		(it) => `Make ${it} optional in ${path}; or, if no row may lack ${it === "them" ? "one" : "it"}:`,
	);
}

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
		const where = pathsText(database, askedOf(heard));
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
