/** Other checks, generated columns and comments. */
import { type Mutations, ofItem, remove } from "./kinds.js";

export const OF_REST: Mutations = {
	"edits a check": {
		needs: "check",
		codes: ["check-mismatch"],
		change: ofItem(
			(table) => table.checks,
			({ condition }) => condition.is === "length" || condition.is === "compare",
			(one) => {
				if (one.condition.is === "length" || one.condition.is === "compare") {
					one.condition = { ...one.condition, value: 77 };
				}
			},
		),
	},
	"edits the list of a check": {
		needs: "check",
		codes: ["check-mismatch"],
		change: ofItem(
			(table) => table.checks,
			({ condition }) => condition.is === "among",
			(one) => {
				if (one.condition.is === "among") one.condition = { ...one.condition, values: ["a", "b", "z"] };
			},
		),
	},
	"drops a check": {
		needs: "check",
		leavesOut: "check",
		codes: ["check-missing"],
		change: ofItem(
			(table) => table.checks,
			() => true,
			(one, table) => remove(table.checks, one),
		),
	},
	"changes what a column is generated from": {
		needs: "generated",
		codes: ["column-mismatch"],
		change: ofItem(
			(table) => table.columns,
			(column) => column.generated?.is === "product",
			(column) => {
				if (column.generated?.is === "product") column.generated = { ...column.generated, factor: 9 };
			},
			(column) => [column.name],
		),
	},
	"changes a comment": {
		needs: "comment",
		codes: ["comment-differs"],
		change: ofItem(
			(table) => table.columns,
			(column) => column.comment !== undefined,
			(column) => {
				column.comment = "something else";
			},
			(column) => [column.name],
		),
	},
};
