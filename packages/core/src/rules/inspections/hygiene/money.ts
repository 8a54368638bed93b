/** `money-as-float`: a column whose name says money, in a binary float. */
import { statedValue } from "../../../matching/facts.js";
import type { SourceView } from "../../../matching/view.js";
import { typeValueSchema } from "../../../model/snapshot.js";
import { count } from "../../../report/describe.js";
import { shortType } from "../../../types/format.js";
import type { DatabaseContext } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { columnLabel, judgedView, ownDefect, ownTables } from "./subject.js";

/** Words that mean an amount of money by themselves. */
const MONEY =
	/^(price|prices|cost|costs|fee|fees|salary|salaries|wage|wages|revenue|payment|payout|invoice|subtotal|msrp|spend|spent|spending|profit|refund|surcharge|deposit|usd|eur|gbp|money|cogs|mrr|arr|cpc|cpm|cpa|cpl|aov|ltv)$/;
/** Words that make a number of something else of it: a share, a count, a time, a mark. */
const OTHER =
	/^(rate|rates|ratio|percent|percentage|percentile|pct|bps|impact|share|score|scores|weight|weights|factor|multiplier|index|idx|rank|probability|confidence|elasticity|sensitivity|change|growth|trend|delta|correlation|volatility|roi|roas|count|number|num|qty|quantity|days|hours|minutes|seconds|ms|at|date|time|id|type|token|tokens|level|variance|deviation|std|mean|norm|normalized|zscore|scale|margin|ago|status|energy|kwh|latency|duration|distance)$/;
const FLOATS = ["real", "double precision"];

export function inspectMoney(database: DatabaseContext): Located[] {
	const view = judgedView(database);
	if (!view) return [];
	return ownTables(view).flatMap(([table]) =>
		[...(view.columns.get(table) ?? [])].flatMap(([name, column]) => {
			const type = typeValueSchema.safeParse(statedValue(column, "type"));
			if (!type.success || !FLOATS.includes(type.data.name) || !isMoney(name)) return [];
			return [finding(database, view, table, name, shortType(type.data))];
		}),
	);
}

/** Whether the name of a column says that it holds an amount of money: `unitPrice`, `total_cost`; not `price_change_pct`. */
export function isMoney(name: string): boolean {
	const words = name
		.replace(/([a-z\d])([A-Z])/g, "$1_$2")
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter(Boolean);
	return words.some((word) => MONEY.test(word)) && !words.some((word) => OTHER.test(word));
}

function finding(
	database: DatabaseContext,
	view: SourceView,
	table: string,
	column: string,
	type: string,
): Located {
	const name = columnLabel(table, column);
	return {
		code: "money-as-float",
		severity: "info",
		message: `${name} holds money, by its name, as ${type}`,
		why: "A binary float has no exact 0.10: sums drift by cents, and equal amounts compare as different.",
		help: `ALTER the column to numeric, or to whole cents as bigint, and read it as a decimal in the programs.`,
		...ownDefect(database, view, table, [type, view.columns.get(table)?.get(column)?.at]),
		kind: "column",
		column,
		aspect: "type",
		subject: `column:${table}.${column} money`,
		fold: {
			key: view.id,
			name,
			words: (members) => ({
				message: `${count(members.length, "column")} hold money, by their names, in binary floats: ${memberNames(members, 6)}`,
				help: "ALTER them to numeric, or to whole cents as bigint, and read them as decimals in the programs.",
			}),
		},
	};
}
