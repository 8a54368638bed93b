/** Whether a condition asks if something exists already: judged by the words in it. */
import type { Expression } from "../syntax/ast.js";

const EXISTENCE =
	/(^|_)(exists?|existing|has|missing)(_|$)|inspect|get_(columns|indexes|table_names|foreign_keys|unique_constraints|check_constraints|pk_constraint)|information_schema|\bpg_(type|class|constraint|constraints|indexes|index|tables|enum|attribute|catalog|extension|namespace|trigger|proc)\b|to_regclass|(^|_)(columns?|tables?|indexe?s|constraints?|fks?|enums?)(_|$)/i;

export function asksForExistence(words: readonly string[]): boolean {
	return words.some((word) => EXISTENCE.test(word));
}

/** The names and texts in an expression, and in what its names were assigned from. */
export function wordsOf(expression: Expression, assigned: ReadonlyMap<string, readonly string[]>): string[] {
	const words: string[] = [];
	collect(expression, words, assigned);
	return words;
}

function collect(
	expression: Expression,
	words: string[],
	assigned: ReadonlyMap<string, readonly string[]>,
): void {
	const all = (items: readonly Expression[]) => {
		for (const item of items) collect(item, words, assigned);
	};
	if (words.length > 500) return;
	switch (expression.kind) {
		case "constant":
			if (typeof expression.value === "string") words.push(expression.value);
			return;
		case "joined":
			for (const part of expression.parts) {
				if (typeof part === "string") words.push(part);
				else collect(part.value, words, assigned);
			}
			return;
		case "name":
			words.push(expression.name, ...(assigned.get(expression.name) ?? []));
			return;
		case "attribute":
			words.push(expression.name);
			all([expression.object]);
			return;
		case "subscript":
			all([expression.object]);
			return;
		case "call":
			all([expression.callee, ...expression.args.map((arg) => arg.value)]);
			return;
		case "list":
		case "tuple":
		case "set":
			all(expression.items);
			return;
		case "starred":
			all([expression.value]);
			return;
		case "unary":
			all([expression.operand]);
			return;
		case "binary":
			all([expression.left, expression.right]);
			return;
		case "conditional":
			all([expression.test, expression.whenTrue, expression.whenFalse]);
			return;
		case "comprehension":
			all([expression.element, ...expression.clauses.map((clause) => clause.iterable)]);
			return;
		default:
			return;
	}
}
