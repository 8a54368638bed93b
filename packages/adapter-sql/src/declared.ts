/** Reads the DDL that an ORM's engine makes of its models: it declares what ought to be, and nobody has run it. */
import {
	type Entity,
	formatAddress,
	type Gap,
	type Kind,
	type Origin,
	SnapshotBuilder,
	type SnapshotHead,
} from "@schemalign/core";
import { emitCatalog } from "./emit/emit.js";
import { reportSession } from "./interpret/report.js";
import type { Failure } from "./interpret/session.js";
import { loadParser } from "./parser.js";
import { runScripts } from "./run.js";

/** A gap in the DDL, with the table of the statement that it is in. */
export interface DeclaredGap {
	readonly gap: Gap;
	readonly table?: readonly [schema: string, table: string];
}

export interface Declared {
	readonly entities: readonly Entity[];
	readonly gaps: readonly DeclaredGap[];
}

export interface DeclaredInput {
	readonly head: SnapshotHead;
	/**
	 * Read one by one, so that a text of the user's that is no SQL does not take the others along. One may hold several, and
	 * comments.
	 */
	readonly statements: readonly string[];
}

/**
 * What the models declare. A foreign key between types that Postgres does not compare is declared all the same; whatever
 * else Postgres would refuse is a gap at its table: that it is not there is not what the model says. Never throws.
 */
export async function readDeclared({ head, statements }: DeclaredInput): Promise<Declared> {
	const texts = statements.map((text, index) => ({ file: `${index}`, text, literal: true }));
	const { session, scripts } = await runScripts(await loadParser(), texts, { exact: false, declared: true });
	const builder = new SnapshotBuilder(head);
	reportSession(builder, session, scripts);
	emitCatalog(builder, session.catalog, session.gaps);
	const { entities, gaps } = builder.build();
	const told = new Set(gaps.map(({ at }) => `${at?.file}:${at?.line}`));
	const refused = session.failures
		.filter(({ at }) => !told.has(`${at.file}:${at.line}`))
		.map((failure) => refusal(statements, failure));
	return {
		entities,
		gaps: [...gaps, ...refused].map((gap): DeclaredGap => {
			const table = gap.at && headOf(statements, gap.at)?.table;
			return table ? { gap, table } : { gap };
		}),
	};
}

function refusal(statements: readonly string[], { message, sqlstate, at }: Failure): Gap {
	const head = headOf(statements, at);
	return {
		under: head ? formatAddress("table", ...head.table) : "*",
		kinds: head?.kinds ?? [],
		why: `Postgres rejects the SQL that the ORM makes of it: ${message} (SQLSTATE ${sqlstate})`,
		at,
	};
}

/** How engines begin a statement, up to the table that it is about. */
const HEAD = new RegExp(
	String.raw`^(?:CREATE TABLE|ALTER TABLE|CREATE (?:MATERIALIZED )?VIEW|CREATE (?<unique>UNIQUE )?(?<index>INDEX) (?:CONCURRENTLY )?(?:NAME ON)|COMMENT ON (?:TABLE|COLUMN)) (?:(?<schema>NAME)\.)?(?<table>NAME)`.replaceAll(
		"NAME",
		'"(?:[^"]|"")+"',
	),
);

interface Head {
	readonly table: readonly [schema: string, table: string];
	/** What the statement adds to the table, where it leaves the rest of it alone. */
	readonly kinds: Kind[];
}

/** The statement at a place; its own line may be above or, where comments precede it, below. */
function headOf(statements: readonly string[], at: Origin): Head | undefined {
	const lines = (statements[Number(at.file)] ?? "").split("\n");
	const above = lines.slice(0, at.line).reverse();
	for (const line of [...above, ...lines.slice(at.line)]) {
		const groups = HEAD.exec(line)?.groups;
		if (!groups) continue;
		const table = [groups.schema ? unquote(groups.schema) : "public", unquote(groups.table ?? "")] as const;
		if (groups.index) return { table, kinds: [groups.unique ? "unique" : "index"] };
		return { table, kinds: /\bFOREIGN KEY\b/.test(line) ? ["foreignKey"] : [] };
	}
	return undefined;
}

function unquote(identifier: string): string {
	return identifier.slice(1, -1).replaceAll('""', '"');
}
