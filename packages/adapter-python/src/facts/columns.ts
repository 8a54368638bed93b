/** The columns of a table model, without what is on them. */
import {
	type ColumnFacts,
	cutName,
	type DefaultValue,
	makeType,
	type Stated,
	stated,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import { type ColumnModel, knownValue } from "../sqlalchemy/model.js";
import type { TableScene } from "./scene.js";
import { SERIAL } from "./serial.js";
import { stateKnown } from "./state.js";

/** @param serial whether SQLAlchemy makes it SERIAL */
export function stateColumn(scene: TableScene, column: ColumnModel, serial: boolean): void {
	const name = knownValue(column.name);
	if (name === undefined) {
		const why = "unknown" in column.name ? column.name.unknown : "";
		scene.gap(["column"], `the name of the column ${column.attribute} is not known: ${why}`, column.at);
		return;
	}
	const type = knownValue(column.type.type);
	const facts: ColumnFacts = {
		type:
			serial && column.type.affinity === "numeric"
				? { value: makeType("integer"), implied: SERIAL }
				: stateKnown(column.type.type, column.at),
		nullable: isKey(scene, column, name) ? stated(false) : stateKnown(column.nullable),
		default: defaultOf(scene, column, type, serial),
		generated: column.generated ? scene.expression(column.generated, type) : stated(null),
		clientDefault: stated(column.clientDefault ?? null),
		...(column.type.collation === undefined ? {} : { collation: stated(column.type.collation) }),
		...(column.comment ? { comment: stateKnown(column.comment) } : {}),
	};
	scene.builder.column(scene.ref, cutName(name), column.at, facts, column.attribute);
}

function isKey(scene: TableScene, column: ColumnModel, name: string): boolean {
	if (knownValue(column.primaryKey)) return true;
	return keyColumns(scene).includes(name);
}

function keyColumns(scene: TableScene): string[] {
	const { primaryKey } = scene.table;
	const refs = primaryKey?.columns ?? [];
	return refs.flatMap((ref) => scene.lookup.refName(ref, scene.table) ?? []);
}

function defaultOf(
	scene: TableScene,
	column: ColumnModel,
	type: TypeValue | undefined,
	serial: boolean,
): Stated<DefaultValue> {
	if (serial) return { value: { is: "sequence", how: "serial" }, implied: SERIAL };
	const model = column.default;
	switch (model.is) {
		case "none":
			return stated(null);
		case "identity":
			return stated({ is: "sequence", how: model.always ? "identity-always" : "identity-by-default" });
		case "nextval":
			return stated({ is: "sequence", how: "nextval", sequence: `public.${model.sequence}` });
		case "unknown":
			return unknown(model.why, model.at.file ? model.at : column.at);
		case "sql": {
			const { sql } = model;
			if ("unknown" in sql) return unknown(sql.unknown, sql.at);
			if (/^null$/i.test(sql.known.trim())) return stated(null);
			const sequence = /^nextval\('([^']+)'(?:::regclass)?\)$/i.exec(sql.known.trim());
			if (sequence?.[1]) {
				const name = sequence[1].includes(".") ? sequence[1] : `public.${sequence[1]}`;
				return stated({ is: "sequence", how: "nextval", sequence: name });
			}
			const value = scene.expressions.read(sql.known, { ...scene.context, ...(type ? { type } : {}) });
			return stated({ is: "expression", ...value });
		}
	}
}
