/** Postgres's own parser (libpg-query, WebAssembly), loaded once and only when something is read. */
import { messageOf } from "@schemalign/core";
import type { ParseResult, ScanResult } from "libpg-query";

export interface Parser {
	/**
	 * Parses one or more statements. Statement offsets and lengths are UTF-8 bytes, not characters.
	 * @throws Error with Postgres's message; see {@link parseFailure}.
	 */
	parse(sql: string): ParseResult;
	/**
	 * Parses the PL/pgSQL body of a CREATE FUNCTION or DO statement, given whole.
	 * @throws Error with Postgres's message where PL/pgSQL's compiler rejects the body.
	 */
	parsePlpgsql(sql: string): unknown;
	/** The tokens of `sql`; offsets are UTF-8 bytes. */
	scan(sql: string): ScanResult;
}

let loading: Promise<Parser> | undefined;

/** The parser, loaded on first use (about 50 ms); afterwards every call of its methods is synchronous. */
export function loadParser(): Promise<Parser> {
	loading ??= load();
	return loading;
}

async function load(): Promise<Parser> {
	const engine = await import("libpg-query");
	await engine.loadModule();
	return { parse: engine.parseSync, parsePlpgsql: engine.parsePlPgSQLSync, scan: engine.scanSync };
}

/** Why the parser rejected a text. */
export interface ParseFailure {
	/** Postgres's own message, such as `syntax error at or near "tabel"`. */
	readonly message: string;
	/** Where, in characters from the start of the text, if the parser said so. */
	readonly position?: number;
}

/** What an error thrown by {@link Parser.parse} says, as data. */
export function parseFailure(error: unknown): ParseFailure {
	const message = messageOf(error);
	if (typeof error === "object" && error !== null && "sqlDetails" in error) {
		const details = error.sqlDetails;
		if (typeof details === "object" && details !== null && "cursorPosition" in details) {
			const position = details.cursorPosition;
			if (typeof position === "number" && position >= 0) return { message, position };
		}
	}
	return { message };
}
