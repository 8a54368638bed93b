import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgTable, text } from "drizzle-orm/pg-core";

export const open = pgTable("open", { id: integer() });
export const closed = pgTable("closed", { id: integer() }).enableRLS();
export const guarded = pgTable("guarded", { id: integer(), owner: text() }, (t) => [
	pgPolicy("read_own", { for: "select", to: "public", using: sql`${t.owner} = current_user` }),
	pgPolicy("write_own", { as: "restrictive", for: "insert", withCheck: sql`${t.owner} = current_user` }),
	pgPolicy("everything", { to: ["public"], using: sql`true`, withCheck: sql`${t.id} > 0` }),
]);
