/** Conditions of IF that ask the catalog whether something is there. */
import type { Node, SelectStmt } from "libpg-query";
import type { Parser } from "../parser.js";
import { nameOf } from "../tree.js";
import { expressionOf } from "./texts.js";

/** Whether the branch is for a catalog that has the thing, or for one that lacks it. */
export type Guard = "present" | "absent";

/** What a condition guards against; `undefined` where it asks anything but the catalog. */
export function guardOf(parser: Parser, condition: string): Guard | undefined {
	const node = expressionOf(parser, condition);
	return node && guardIn(node);
}

function guardIn(node: Node): Guard | undefined {
	if ("NullTest" in node) {
		const { arg, nulltesttype } = node.NullTest;
		if (!arg || !("FuncCall" in arg) || !/^to_reg/.test(nameOf(arg.FuncCall.funcname).name)) return undefined;
		return nulltesttype === "IS_NULL" ? "absent" : "present";
	}
	if ("SubLink" in node) {
		const { subselect, subLinkType } = node.SubLink;
		if (!subselect || !("SelectStmt" in subselect)) return undefined;
		if (subLinkType === "EXISTS_SUBLINK") return readsCatalog(subselect.SelectStmt) ? "present" : undefined;
		return subLinkType === "EXPR_SUBLINK" ? guardOfOnly(subselect.SelectStmt) : undefined;
	}
	return "BoolExpr" in node ? combined(node.BoolExpr.boolop, node.BoolExpr.args ?? []) : undefined;
}

/** `(SELECT condition)`. */
function guardOfOnly({ fromClause, targetList = [] }: SelectStmt): Guard | undefined {
	const [target] = targetList;
	if (fromClause || targetList.length !== 1 || !target || !("ResTarget" in target)) return undefined;
	return target.ResTarget.val && guardIn(target.ResTarget.val);
}

function combined(operator: string | undefined, args: readonly Node[]): Guard | undefined {
	const guards = args.map(guardIn);
	if (guards.includes(undefined) || operator === "OR_EXPR") return undefined;
	if (operator === "NOT_EXPR") return guards[0] === "present" ? "absent" : "present";
	return guards.every((guard) => guard === "absent") ? "absent" : "present";
}

function readsCatalog(select: SelectStmt): boolean {
	return /"relname":"pg_\w+"|"schemaname":"(?:pg_catalog|information_schema)"/.test(JSON.stringify(select));
}
