/** SQLAlchemy's rule for SERIAL: `Table._autoincrement_column`, and the postgresql dialect's use of it. */
import { type ColumnModel, type ForeignKeyModel, knownValue, type TableModel } from "../sqlalchemy/model.js";

/** The rule, as reports state it. */
export const SERIAL = "an integer primary key without a default is SERIAL in SQLAlchemy";

/** The column that SQLAlchemy creates as SERIAL: `Table._autoincrement_column`. */
export function serialColumn(table: TableModel): ColumnModel | undefined {
	const keys = table.columns.filter(
		(column) =>
			knownValue(column.primaryKey) ||
			table.primaryKey?.columns.some((ref) => "name" in ref && ref.name === knownValue(column.name)),
	);
	const stated = keys.find((column) => column.autoincrement === true);
	const candidate = stated ?? (keys.length === 1 ? keys[0] : undefined);
	if (!candidate || candidate.autoincrement === false) return undefined;
	const { affinity } = candidate.type;
	// NUMERIC and FLOAT keys count, too: they become SERIAL.
	if ((affinity !== "integer" && affinity !== "numeric") || "unknown" in candidate.type.type)
		return undefined;
	if (candidate.default.is !== "none" || candidate.sequence || candidate.generated) return undefined;
	if (stated) return candidate;
	if (candidate.clientDefault !== undefined) return undefined;
	const keyed = candidate.foreignKeys.length > 0 || table.foreignKeys.some((key) => covers(key, candidate));
	return keyed && candidate.autoincrement !== "ignore_fk" ? undefined : candidate;
}

function covers(key: ForeignKeyModel, column: ColumnModel): boolean {
	return key.columns.some((ref) =>
		"name" in ref ? ref.name === knownValue(column.name) : ref.construct === column.construct,
	);
}
