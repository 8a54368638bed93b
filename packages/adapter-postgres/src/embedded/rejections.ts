/** What a rejected statement means: a defect of the definition, or a lack of this server that production does not have. */
import type { RunnableStatement } from "@schemalign/core";
import type { Rejection } from "./session.js";

/**
 * `defect`: it fails wherever it runs. `aborted`: only because a statement before it failed in its transaction. `here`: the
 * embedded server cannot do it, or lacks what a platform brings along.
 */
export type Meaning = "defect" | "aborted" | "here";

const IN_FAILED_TRANSACTION = "25P02";
/** Undefined database, feature not supported, insufficient privilege, missing file, lack of resources, shut down, system and internal errors. */
const NOT_OF_THE_SCHEMA = /^(3D000|0A000|42501|58|53|57|XX)/;
const NOT_OF_A_DATABASE =
	/^\s*(?:create|alter|drop)\s+(?:database|tablespace|subscription|publication|system|server|user\s+mapping|foreign)\b|^\s*(?:alter\s+system|checkpoint|load|security\s+label)\b/i;
/** Schemas that Supabase, Neon, Hasura and others make before the first migration runs. */
const PLATFORM =
	/\b(?:auth|storage|realtime|extensions|vault|graphql|graphql_public|cron|net|pgsodium|pgmq|supabase_\w+|neon_auth|hdb_catalog)\b["']?\s*(?:\.|does not exist)/i;
const UNDEFINED = /^(3F000|42P01|42883|42704|42703)$/;

export function meaningOf(statement: RunnableStatement, { code, message }: Rejection): Meaning {
	if (code === IN_FAILED_TRANSACTION) return "aborted";
	if (NOT_OF_THE_SCHEMA.test(code) || NOT_OF_A_DATABASE.test(statement.sql)) return "here";
	if (UNDEFINED.test(code) && (PLATFORM.test(message) || namesPlatform(statement.sql, message)))
		return "here";
	return "defect";
}

/** `relation "users" does not exist` in a statement that names `auth.users`. */
function namesPlatform(sql: string, message: string): boolean {
	const name = /"([^"]+)"/.exec(message)?.[1]?.split(".").at(-1);
	if (name === undefined) return false;
	const escaped = name.replace(/[^\w]/g, "\\$&");
	return new RegExp(`${PLATFORM.source.replace("does not exist", "(?!)")}\\s*"?${escaped}\\b`, "i").test(sql);
}

const UNDEFINED_OBJECT = "42704";

/** The role that a statement presupposes: roles belong to the server, not to the schema. */
export function missingRole({ code, message }: Rejection): string | undefined {
	return code === UNDEFINED_OBJECT ? /^role "(.+)" does not exist$/.exec(message)?.[1] : undefined;
}
