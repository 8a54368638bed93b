/** Expressions as a person writes them in SQL. */
import type { Condition, Expression } from "./model.js";
import { sqlName } from "./names.js";

/** A string literal of SQL. */
export function sqlString(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

/** Without parentheses around the whole. */
export function conditionSql(condition: Condition): string {
	switch (condition.is) {
		case "compare":
			return `${sqlName(condition.column)} ${condition.operator} ${condition.value}`;
		case "length":
			return `length(${sqlName(condition.column)}) ${condition.operator} ${condition.value}`;
		case "among":
			return `${sqlName(condition.column)} IN (${condition.values.map(sqlString).join(", ")})`;
		case "null":
			return `${sqlName(condition.column)} IS ${condition.not ? "NOT " : ""}NULL`;
		case "flag":
			return `${condition.not ? "NOT " : ""}${sqlName(condition.column)}`;
		default:
			return condition.of.map((one) => conditionSql(one)).join(condition.is === "and" ? " AND " : " OR ");
	}
}

/** As an index or a generation clause has it, without the outer parentheses. */
export function expressionSql(expression: Expression): string {
	return expression.is === "product"
		? `${sqlName(expression.column)} * ${expression.factor}`
		: `${expression.is}(${sqlName(expression.column)})`;
}
