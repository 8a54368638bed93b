/** What is asked of the server before anything else. */
import { z } from "zod";

export const SERVER_SQL = `SELECT current_setting('server_version_num')::int4 AS version, version() AS product,
	pg_is_in_recovery() AS standby, pg_catalog.getdatabaseencoding()::text AS encoding, current_database()::text AS database`;

export const serverRow = z.object({
	version: z.number(),
	product: z.string(),
	standby: z.boolean(),
	encoding: z.string(),
	database: z.string(),
});
export type ServerRow = z.infer<typeof serverRow>;

/** The tables that other sessions hold exclusively, and what is defined by reading them. */
export const WITHHELD_SQL = `WITH held AS (
		SELECT DISTINCT l.relation FROM pg_locks l
		WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
		AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.relation >= 16384)
	SELECT relation AS oid FROM held
	UNION SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
		WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT relation FROM held)`;

export const withheldRow = z.object({ oid: z.number() });
