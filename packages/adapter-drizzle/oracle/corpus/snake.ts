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
	"userAccounts",
	{
		userID: uuid().primaryKey(),
		firstName: text().notNull(),
		lastName: text().unique(),
		kept: text("keptName"),
		address2: text(),
		createdAt: timestamp().defaultNow(),
		loginCount: integer(),
	},
	(t) => [
		unique().on(t.firstName, t.lastName),
		index().on(t.createdAt, t.kept),
		uniqueIndex("by_lower").on(sql`lower(${t.firstName})`),
		check("many", sql`${t.loginCount} >= 0`),
		index("recent").on(t.createdAt).where(sql`${t.loginCount} > 3`),
	],
);
export const logEntries = pgTable(
	"logEntries",
	{
		userId: uuid().references(() => userAccounts.userID),
		entryNo: integer(),
		parentNo: integer(),
		parentUser: uuid(),
	},
	(t) => [
		primaryKey({ columns: [t.userId, t.entryNo] }),
		foreignKey({ columns: [t.parentUser, t.parentNo], foreignColumns: [t.userId, t.entryNo] }),
	],
);
