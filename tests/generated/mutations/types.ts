/** Other types of columns. */
import type { ColumnType, GeneratedColumn } from "../model.js";
import { type MutationKind, type Mutations, ofColumn } from "./kinds.js";

function toType(is: ColumnType["is"], type: (column: GeneratedColumn) => ColumnType): MutationKind {
	return {
		codes: ["type-mismatch"],
		change: ofColumn(
			(column) => column.type.is === is && column.default === null,
			(column) => {
				column.type = type(column);
			},
		),
	};
}

export const OF_TYPES: Mutations = {
	"makes text uuid": toType("text", () => ({ is: "uuid" })),
	"makes uuid text": toType("uuid", () => ({ is: "text" })),
	"makes int bigint": toType("int", () => ({ is: "bigint" })),
	"makes bigint int": toType("bigint", () => ({ is: "int" })),
	"makes smallint bool": toType("smallint", () => ({ is: "bool" })),
	"makes numeric a float": toType("numeric", () => ({ is: "double" })),
	"makes double real": toType("double", () => ({ is: "real" })),
	"makes json text": toType("json", () => ({ is: "text" })),
	"makes jsonb json": toType("jsonb", () => ({ is: "json" })),
	"makes a date a timestamp": toType("date", () => ({ is: "timestamp", zone: true, precision: null })),
	"makes an array a scalar": toType("array", ({ type }) => (type.is === "array" ? type.of : type)),
	"makes a scalar an array": toType("text", ({ type }) =>
		type.is === "array" ? type : { is: "array", of: type },
	),
	"lengthens a varchar": toType("varchar", ({ type }) =>
		type.is === "varchar" ? { ...type, length: type.length + 5 } : type,
	),
	"shortens a varchar": toType("varchar", ({ type }) =>
		type.is === "varchar" ? { ...type, length: type.length - 5 } : type,
	),
	"makes char varchar": toType("char", ({ type }) =>
		type.is === "char" ? { is: "varchar", length: type.length } : type,
	),
	"changes a precision": toType("numeric", ({ type }) =>
		type.is === "numeric" ? { ...type, precision: type.precision + 2 } : type,
	),
	"changes a scale": toType("numeric", ({ type }) =>
		type.is === "numeric" ? { ...type, scale: type.scale === 0 ? 1 : type.scale - 1 } : type,
	),
	"drops a time zone": toType("timestamp", ({ type }) =>
		type.is === "timestamp" ? { ...type, zone: !type.zone } : type,
	),
	"changes the precision of a timestamp": toType("timestamp", ({ type }) =>
		type.is === "timestamp" ? { ...type, precision: type.precision === 3 ? 1 : 3 } : type,
	),
};
