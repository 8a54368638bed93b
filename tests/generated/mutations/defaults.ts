/** Other nullability and other defaults. */
import { type Mutations, ofColumn } from "./kinds.js";

export const OF_DEFAULTS: Mutations = {
	"flips nullability": {
		codes: ["nullability-mismatch"],
		change: ofColumn(
			// A list in Prisma says nothing of it.
			(column) => column.type.is !== "array",
			(column) => {
				column.nullable = !column.nullable;
			},
		),
	},
	"changes a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "literal" && typeof column.default.value === "number",
			(column) => {
				column.default = { is: "literal", value: 3 };
			},
		),
	},
	"changes a text default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "literal" && typeof column.default.value === "string",
			(column) => {
				column.default = { is: "literal", value: "other" };
			},
		),
	},
	"flips a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.type.is === "bool" && column.default !== null,
			(column) => {
				const value = column.default?.is === "literal" && column.default.value === true;
				column.default = { is: "literal", value: !value };
			},
		),
	},
	"changes a JSON default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "json",
			(column) => {
				column.default = { is: "json", value: { a: 2 } };
			},
		),
	},
	"changes an array default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "array",
			(column) => {
				column.default = { is: "array", values: ["z"] };
			},
		),
	},
	"changes the label of a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "label",
			(column, schema) => {
				const { type, default: value } = column;
				const labels = schema.enums.find((one) => type.is === "enum" && one.name === type.name)?.labels ?? [];
				const other = labels.find((label) => value?.is === "label" && label !== value.value);
				if (other !== undefined) column.default = { is: "label", value: other };
			},
		),
	},
	"drops a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default !== null,
			(column) => {
				column.default = null;
			},
		),
	},
	"adds a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default === null && column.type.is === "int",
			(column) => {
				column.default = { is: "literal", value: 12 };
			},
		),
	},
};
