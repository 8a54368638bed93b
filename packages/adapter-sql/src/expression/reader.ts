/** Reads expressions and queries: from the parser's nodes, or from text. */
import {
	canonicalize,
	canonicalizeQuery,
	type ExpressionContext,
	type ExpressionValue,
	printExpression,
	printQuery,
	type QueryNode,
} from "@schemalign/core";
import type { Node } from "libpg-query";
import { loadParser, type Parser } from "../parser.js";
import { convert } from "./convert.js";
import { convertQuery } from "./query.js";

/** A query as a comparable value. */
export interface QueryValue extends ExpressionValue {
	/**
	 * Why the canonical text may differ from that of an equal query: `*` over a table whose columns are not known, or a
	 * column that several such tables could have. Absent where everything was resolved.
	 */
	readonly unresolved?: string;
}

/** Reads SQL text. Synchronous; neither method throws: text that Postgres rejects is compared as text. */
export interface ExpressionReader {
	read(sql: string, context?: ExpressionContext): ExpressionValue;
	/** A whole SELECT, without a semicolon or with one. */
	readQuery(sql: string, context?: ExpressionContext): QueryValue;
}

/**
 * The value of an expression's node.
 * @param sql the text as written, for people; the canonical text if not given
 */
export function expressionFromNode(
	node: Node,
	context: ExpressionContext = {},
	sql?: string,
): ExpressionValue {
	const canonical = printExpression(canonicalize(convert(node), context));
	return { sql: sql ?? canonical, canonical };
}

/** The value of a SELECT statement's node; see {@link expressionFromNode}. */
export function queryFromNode(node: Node, context: ExpressionContext = {}, sql?: string): QueryValue {
	return queryValue(convertQuery(node), context, sql);
}

function queryValue(query: QueryNode, context: ExpressionContext, sql: string | undefined): QueryValue {
	const { query: settled, unresolved } = canonicalizeQuery(query, context);
	const canonical = printQuery(settled);
	return { sql: sql ?? canonical, canonical, ...(unresolved === undefined ? {} : { unresolved }) };
}

/** The reader, with the parser loaded. */
export async function loadExpressions(): Promise<ExpressionReader> {
	return new CachingReader(await loadParser());
}

class CachingReader implements ExpressionReader {
	readonly #parser: Parser;
	/** Parse trees by text; `undefined` for text that the parser rejects. */
	readonly #nodes = new Map<string, Node | undefined>();
	readonly #values = new WeakMap<ExpressionContext, Map<string, ExpressionValue>>();
	readonly #anywhere: ExpressionContext = {};

	constructor(parser: Parser) {
		this.#parser = parser;
	}

	read(sql: string, context: ExpressionContext = this.#anywhere): ExpressionValue {
		const known = this.#valuesIn(context);
		const found = known.get(sql);
		if (found) return found;
		const value = this.#readNew(sql, context);
		known.set(sql, value);
		return value;
	}

	readQuery(sql: string, context: ExpressionContext = this.#anywhere): QueryValue {
		const node = this.#statement(sql.replace(/[\s;]+$/, ""));
		return safely(sql, () => (node ? queryFromNode(node, context, sql) : asText(sql)));
	}

	#valuesIn(context: ExpressionContext): Map<string, ExpressionValue> {
		const known = this.#values.get(context);
		if (known) return known;
		const made = new Map<string, ExpressionValue>();
		this.#values.set(context, made);
		return made;
	}

	#readNew(sql: string, context: ExpressionContext): ExpressionValue {
		const node = this.#expression(sql);
		return safely(sql, () => (node ? expressionFromNode(node, context, sql) : asText(sql)));
	}

	/** The only result of `SELECT (sql)`: text that closes the parenthesis itself does not pass for an expression. */
	#expression(sql: string): Node | undefined {
		const statement = this.#statement(`SELECT (${sql}\n)`);
		const targets = statement && "SelectStmt" in statement ? statement.SelectStmt.targetList : undefined;
		const [only] = targets ?? [];
		return targets?.length === 1 && only && "ResTarget" in only && isOnlyResult(statement)
			? only.ResTarget.val
			: undefined;
	}

	#statement(sql: string): Node | undefined {
		if (!this.#nodes.has(sql)) this.#nodes.set(sql, this.#parse(sql));
		return this.#nodes.get(sql);
	}

	#parse(sql: string): Node | undefined {
		try {
			const statements = this.#parser.parse(sql).stmts ?? [];
			return statements.length === 1 ? statements[0]?.stmt : undefined;
		} catch {
			return undefined;
		}
	}
}

function isOnlyResult(node: Node | undefined): boolean {
	if (!node || !("SelectStmt" in node)) return false;
	const { fromClause, whereClause, groupClause, sortClause, limitCount, op } = node.SelectStmt;
	return (
		!(fromClause ?? whereClause ?? groupClause ?? sortClause ?? limitCount) &&
		(op ?? "SETOP_NONE") === "SETOP_NONE"
	);
}

/** The text with its spacing folded: how text that is no SQL is compared. */
function asText(sql: string): ExpressionValue {
	return { sql, canonical: sql.trim().replace(/\s+/g, " ") };
}

/** Trees nested deeper than the stack is are compared as text too. */
function safely<T extends ExpressionValue>(sql: string, read: () => T): T | ExpressionValue {
	try {
		return read();
	} catch {
		return asText(sql);
	}
}
