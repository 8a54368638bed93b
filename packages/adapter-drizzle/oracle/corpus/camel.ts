import { sql } from "drizzle-orm";
import {
	check,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique,
	uniqueIndex,
	uuid,
} from "drizzle-orm/pg-core";

export const userAccounts = pgTable(
	"user_accounts",
	{
		user_id: uuid().primaryKey(),
		first_name: text().notNull(),
		lastName: text().unique(),
		kept: text("keptName"),
		address2: text(),
		createdAt: timestamp().defaultNow(),
		login_count: integer(),
	},
	(t) => [
		unique().on(t.first_name, t.lastName),
		index().on(t.createdAt, t.kept),
		uniqueIndex("by_lower").on(sql`lower(${t.first_name})`),
		check("many", sql`${t.login_count} >= 0`),
		index("recent").on(t.createdAt).where(sql`${t.login_count} > 3`),
	],
);
export const logEntries = pgTable(
	"log_entries",
	{
		userId: uuid().references(() => userAccounts.user_id),
		entryNo: integer(),
		parentNo: integer(),
		parentUser: uuid(),
	},
	(t) => [
		primaryKey({ columns: [t.userId, t.entryNo] }),
		foreignKey({ columns: [t.parentUser, t.parentNo], foreignColumns: [t.userId, t.entryNo] }),
	],
);
