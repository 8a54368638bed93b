/** In which order Postgres runs the commands of one ALTER TABLE (`AlterTablePass` in tablecmds.c). */
import type { AlterTableCmd, Constraint } from "libpg-query";

const DROP = 0;
const ALTER_TYPE = 1;
const ADD_COLUMN = 2;
const EXPRESSION = 3;
const ATTRIBUTES = 4;
const INDEX = 5;
const OTHER_CONSTRAINT = 6;
const MISCELLANEOUS = 7;

const PASSES: Readonly<Record<string, number>> = {
	AT_DropColumn: DROP,
	AT_DropConstraint: DROP,
	AT_DropNotNull: DROP,
	AT_DropExpression: DROP,
	AT_DropIdentity: DROP,
	AT_AlterColumnType: ALTER_TYPE,
	AT_AddColumn: ADD_COLUMN,
	AT_SetExpression: EXPRESSION,
	AT_SetNotNull: ATTRIBUTES,
	AT_AddIdentity: OTHER_CONSTRAINT,
};

/** The pass in which a command runs. */
export function passOf({ subtype, def }: AlterTableCmd): number {
	if (subtype === "AT_ColumnDefault") return def ? OTHER_CONSTRAINT : DROP;
	if (subtype === "AT_AddConstraint" && def && "Constraint" in def) return constraintPass(def.Constraint);
	return PASSES[subtype ?? ""] ?? MISCELLANEOUS;
}

/** The pass in which a constraint is added. */
export function constraintPass({ contype }: Constraint): number {
	if (contype === "CONSTR_NOTNULL") return ATTRIBUTES;
	return contype === "CONSTR_PRIMARY" || contype === "CONSTR_UNIQUE" || contype === "CONSTR_EXCLUSION"
		? INDEX
		: OTHER_CONSTRAINT;
}
