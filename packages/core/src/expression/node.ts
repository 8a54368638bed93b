/** Expressions and queries as trees: what an adapter's parser makes, {@link canonicalize} orders and `printExpression` prints. */
import type { TypeValue } from "../model/snapshot.js";

/** A string in single quotes, before it has a type. */
export interface StringNode {
	readonly kind: "string";
	readonly value: string;
}

/** A numeral, as written, with its sign: `5`, `-2.50`, `1e3`. */
export interface NumberNode {
	readonly kind: "number";
	readonly text: string;
}

/** A column; the last part may be `*`. `type` is filled in by canonicalization, where the context knows it. */
export interface ColumnNode {
	readonly kind: "column";
	readonly path: readonly string[];
	readonly type?: TypeValue;
}

export interface CastNode {
	readonly kind: "cast";
	readonly operand: ExpressionNode;
	readonly type: TypeValue;
}

/** What can follow the arguments of an aggregate or window function. */
export interface CallModifiers {
	readonly distinct?: boolean;
	readonly star?: boolean;
	readonly variadic?: boolean;
	readonly withinGroup?: boolean;
	readonly order?: readonly SortNode[];
	readonly filter?: ExpressionNode;
	readonly over?: WindowNode;
}

/** A function call; also COALESCE, NULLIF, GREATEST and LEAST, whose names are reserved. */
export interface CallNode {
	readonly kind: "call";
	readonly schema?: string;
	readonly name: string;
	readonly args: readonly ExpressionNode[];
	readonly modifiers?: CallModifiers;
}

export interface OperatorNode {
	readonly kind: "operator";
	readonly operator: string;
	/** Only where an operator of a user's schema is meant. */
	readonly schema?: string;
	/** Absent for prefix operators. */
	readonly left?: ExpressionNode;
	readonly right: ExpressionNode;
}

/** `left op ANY (array)`. */
export interface QuantifiedNode {
	readonly kind: "quantified";
	readonly operator: string;
	readonly quantifier: "any" | "all";
	readonly left: ExpressionNode;
	readonly right: ExpressionNode;
}

export interface InNode {
	readonly kind: "in";
	readonly negated: boolean;
	readonly operand: ExpressionNode;
	readonly list: readonly ExpressionNode[];
}

export interface LogicNode {
	readonly kind: "and" | "or";
	readonly operands: readonly ExpressionNode[];
}

export type Test = "null" | "true" | "false" | "unknown";

/** `operand IS [NOT] NULL | TRUE | FALSE | UNKNOWN`. */
export interface TestNode {
	readonly kind: "is";
	readonly test: Test;
	readonly negated: boolean;
	readonly operand: ExpressionNode;
}

/** `left IS [NOT] DISTINCT FROM right`; `negated` is IS NOT DISTINCT FROM. */
export interface DistinctNode {
	readonly kind: "distinct";
	readonly negated: boolean;
	readonly left: ExpressionNode;
	readonly right: ExpressionNode;
}

export interface BetweenNode {
	readonly kind: "between";
	readonly negated: boolean;
	readonly symmetric: boolean;
	readonly operand: ExpressionNode;
	readonly low: ExpressionNode;
	readonly high: ExpressionNode;
}

export interface CaseNode {
	readonly kind: "case";
	readonly operand?: ExpressionNode;
	readonly branches: readonly { readonly when: ExpressionNode; readonly result: ExpressionNode }[];
	readonly otherwise?: ExpressionNode;
}

/** `operand[upper]`, or with `slice` `operand[lower:upper]`. */
export interface SubscriptNode {
	readonly kind: "subscript";
	readonly operand: ExpressionNode;
	readonly slice: boolean;
	readonly lower?: ExpressionNode;
	readonly upper?: ExpressionNode;
}

/** A query used as an operand. `operator` and `operand` belong to the forms `any` and `all`. */
export interface SubqueryNode {
	readonly kind: "subquery";
	readonly form: "scalar" | "exists" | "array" | "any" | "all";
	readonly operator?: string;
	readonly operand?: ExpressionNode;
	readonly query: QueryNode;
}

export type ExpressionNode =
	| StringNode
	| NumberNode
	| { readonly kind: "boolean"; readonly value: boolean }
	| { readonly kind: "null" }
	/** A bit string as the parser gives it: `b101`, `x1f`. */
	| { readonly kind: "bits"; readonly text: string }
	| ColumnNode
	| { readonly kind: "parameter"; readonly number: number }
	| CastNode
	| { readonly kind: "array"; readonly elements: readonly ExpressionNode[] }
	| { readonly kind: "row"; readonly elements: readonly ExpressionNode[] }
	| CallNode
	/** `name => value` among a call's arguments. */
	| { readonly kind: "named"; readonly name: string; readonly value: ExpressionNode }
	| OperatorNode
	| QuantifiedNode
	| InNode
	| LogicNode
	| { readonly kind: "not"; readonly operand: ExpressionNode }
	| TestNode
	| DistinctNode
	| BetweenNode
	| CaseNode
	| SubscriptNode
	| { readonly kind: "field"; readonly operand: ExpressionNode; readonly name: string }
	| { readonly kind: "collate"; readonly operand: ExpressionNode; readonly collation: readonly string[] }
	/** A value function without parentheses: `current_date`, `localtimestamp(3)`. */
	| { readonly kind: "keyword"; readonly name: string; readonly precision?: number }
	| SubqueryNode
	/** Syntax that has no rules of its own: `label` says everything but the operands; `name` is what a result is called. */
	| {
			readonly kind: "other";
			readonly label: string;
			readonly operands: readonly ExpressionNode[];
			readonly name?: string;
	  };

export interface SortNode {
	readonly expression: ExpressionNode;
	readonly descending: boolean;
	readonly nulls?: "first" | "last";
	/** `USING operator`. */
	readonly using?: string;
}

export interface WindowNode {
	/** The name that a WINDOW clause gives. */
	readonly name?: string;
	/** The named window that this one uses or extends. */
	readonly base?: string;
	readonly partition: readonly ExpressionNode[];
	readonly order: readonly SortNode[];
	/** Text of the frame clause with its bounds as operands; absent: the default frame. */
	readonly frame?: { readonly label: string; readonly bounds: readonly ExpressionNode[] };
}

/** One result column. */
export interface TargetNode {
	readonly expression: ExpressionNode;
	readonly name?: string;
}

export interface TableItem {
	readonly kind: "table";
	readonly schema?: string;
	readonly name: string;
	readonly only: boolean;
	/** TABLESAMPLE, as stable text. */
	readonly sample?: string;
	readonly alias?: string;
	readonly columns: readonly string[];
}

export interface SubqueryItem {
	readonly kind: "derived";
	readonly lateral: boolean;
	readonly query: QueryNode;
	readonly alias?: string;
	readonly columns: readonly string[];
}

export interface FunctionItem {
	readonly kind: "function";
	readonly lateral: boolean;
	readonly ordinality: boolean;
	readonly calls: readonly ExpressionNode[];
	readonly alias?: string;
	readonly columns: readonly string[];
	/** The column definition list of a function that returns record. */
	readonly definitions: readonly string[];
}

export interface JoinItem {
	readonly kind: "join";
	readonly join: "inner" | "left" | "right" | "full" | "cross";
	readonly natural: boolean;
	readonly left: FromItem;
	readonly right: FromItem;
	readonly using: readonly string[];
	readonly on?: ExpressionNode;
	readonly alias?: string;
}

export type FromItem = TableItem | SubqueryItem | FunctionItem | JoinItem;

export interface CteNode {
	readonly name: string;
	readonly columns: readonly string[];
	readonly materialized?: boolean;
	readonly query: QueryNode;
}

interface QueryTail {
	readonly recursive: boolean;
	readonly ctes: readonly CteNode[];
	readonly order: readonly SortNode[];
	readonly limit?: ExpressionNode;
	readonly offset?: ExpressionNode;
	readonly withTies: boolean;
	/** Row locking and whatever else follows, as stable text. */
	readonly suffix: readonly string[];
}

export interface SelectNode extends QueryTail {
	readonly kind: "select";
	/** `true`: DISTINCT; a list: DISTINCT ON. */
	readonly distinct: boolean | readonly ExpressionNode[];
	readonly targets: readonly TargetNode[];
	readonly from: readonly FromItem[];
	readonly where?: ExpressionNode;
	readonly group: readonly ExpressionNode[];
	readonly having?: ExpressionNode;
	readonly windows: readonly WindowNode[];
}

export interface ValuesNode extends QueryTail {
	readonly kind: "values";
	readonly rows: readonly (readonly ExpressionNode[])[];
}

export interface SetOperationNode extends QueryTail {
	readonly kind: "set";
	readonly operation: "union" | "intersect" | "except";
	readonly all: boolean;
	readonly left: QueryNode;
	readonly right: QueryNode;
}

/** What cannot stand in a view, or is not modelled: compared as stable text. */
export interface OpaqueQuery {
	readonly kind: "opaque";
	readonly text: string;
}

export type QueryNode = SelectNode | ValuesNode | SetOperationNode | OpaqueQuery;

/** Whether the node is a constant: its value does not depend on anything. */
export function isConstant(node: ExpressionNode): boolean {
	switch (node.kind) {
		case "string":
		case "number":
		case "boolean":
		case "null":
		case "bits":
			return true;
		case "array":
		case "row":
			return node.elements.every(isConstant);
		case "cast":
			return isConstant(node.operand);
		default:
			return false;
	}
}
