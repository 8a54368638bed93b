import type { ExpressionNode } from "./node.js";

/** The name of a result column without AS (Postgres's rules: the column, the function, the type of a cast). */
export function resultName(node: ExpressionNode): string {
	return nameFor(node)?.name ?? "?column?";
}

/** A name, and whether it is good enough to win over the name of a type around it. */
interface Candidate {
	readonly name: string;
	readonly strong: boolean;
}

function nameFor(node: ExpressionNode): Candidate | undefined {
	switch (node.kind) {
		case "column":
			return strong(node.path.at(-1));
		case "field":
		case "call":
		case "keyword":
			return strong(node.name);
		case "other":
			return strong(node.name);
		case "array":
		case "row":
			return strong(node.kind);
		case "subscript":
		case "collate":
			return nameFor(node.operand);
		case "cast": {
			const inner = nameFor(node.operand);
			return inner?.strong ? inner : { name: INTERNAL[node.type.name] ?? node.type.name, strong: false };
		}
		case "case": {
			const inner = node.otherwise && nameFor(node.otherwise);
			return inner?.strong ? inner : { name: "case", strong: false };
		}
		case "subquery":
			return subqueryName(node);
		default:
			return undefined;
	}
}

function strong(name: string | undefined): Candidate | undefined {
	return name === undefined ? undefined : { name, strong: true };
}

/** What `pg_type` calls the types whose names in SQL are keywords. */
const INTERNAL: Readonly<Record<string, string>> = {
	bigint: "int8",
	integer: "int4",
	smallint: "int2",
	boolean: "bool",
	"character varying": "varchar",
	character: "bpchar",
	"double precision": "float8",
	real: "float4",
	"timestamp without time zone": "timestamp",
	"timestamp with time zone": "timestamptz",
	"time without time zone": "time",
	"time with time zone": "timetz",
	"bit varying": "varbit",
};

function subqueryName(node: Extract<ExpressionNode, { kind: "subquery" }>): Candidate | undefined {
	if (node.form === "exists" || node.form === "array") return strong(node.form);
	if (node.form !== "scalar" || node.query.kind !== "select") return undefined;
	const target = node.query.targets[0];
	return target && (strong(target.name) ?? nameFor(target.expression));
}
