import { integer, pgSchema, pgTable, text, uuid } from "drizzle-orm/pg-core";

export const billing = pgSchema("billing");
export const odd = pgSchema("Odd Schema");
export const plan = billing.enum("plan", ["free", "paid"]);

export const accounts = billing.table("accounts", {
	id: uuid().primaryKey(),
	plan: plan().notNull().default("free"),
	plans: plan().array(),
});
export const items = odd.table("Items With Space", {
	id: integer().primaryKey(),
	account: uuid("accountId").references(() => accounts.id),
});
export const links = pgTable("links", {
	item: integer().references(() => items.id),
	plan: plan(),
	note: text().unique(),
});
