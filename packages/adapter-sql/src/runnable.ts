/** Scripts as the statements that a replay sends to Postgres, in their order. */
import type { Gap, Origin, Runnable, RunnableStatement } from "@schemalign/core";
import { loadParser } from "./parser.js";
import type { Script } from "./read-scripts.js";
import { type Item, ScriptReader } from "./script/read.js";

/** The statements; what cannot be sent as it stands is a gap. Rows that a dump copies in are left out: they are no schema. */
export async function statementsOf(scripts: readonly Script[]): Promise<Runnable> {
	const reader = new ScriptReader(await loadParser());
	const unread: Gap[] = [];
	const runnable = scripts.map((script) => {
		const { file, uncertain } = script;
		const statements: RunnableStatement[] = [];
		if (uncertain !== undefined) unread.push(gap(uncertain, { file, line: 1 }));
		let last = -1;
		for (const item of uncertain === undefined ? reader.read(script) : []) {
			const statement = statementOf(item);
			if (typeof statement === "string") unread.push(gap(statement, placeOf(item)));
			// Text that the parser takes for several statements is one piece, and is sent once.
			else if (statement && statement.order !== last) statements.push(statement);
			if (statement && typeof statement !== "string") last = statement.order;
		}
		return { file, statements: statements.map(({ sql, at }) => ({ sql, at })) };
	});
	return { scripts: runnable, unread };
}

type Ordered = RunnableStatement & { readonly order: number };

/** The statement, the reason why there is none, or nothing where nothing runs. */
function statementOf(item: Item): Ordered | string | undefined {
	switch (item.is) {
		case "statement": {
			const { node, sql, at, order } = item.statement;
			return "CopyStmt" in node ? undefined : { sql, at, order };
		}
		case "rejected":
			return { sql: item.sql, at: item.at, order: item.order };
		case "placeholder":
			return `the statement contains the placeholder ${item.placeholder}`;
		case "meta":
			if (/^\\(?:i|ir|include|include_relative)\b/.test(item.sql)) return `${item.sql} is only done by psql`;
			return item.sql.startsWith("\\gexec") ? "\\gexec runs text that is only known at run time" : undefined;
	}
}

function placeOf(item: Item): Origin {
	return item.is === "statement" ? item.statement.at : item.at;
}

function gap(why: string, at: Origin): Gap {
	return { under: "*", kinds: [], why, at };
}
