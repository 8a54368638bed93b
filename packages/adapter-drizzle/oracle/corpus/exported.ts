import { relations } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";

const hidden = pgTable("hidden", { id: integer().primaryKey() });
export const visible = pgTable("visible", { id: integer().primaryKey(), name: text() });
export const visibleRelations = relations(visible, ({ many }) => ({ hidden: many(hidden) }));
export type Visible = typeof visible.$inferSelect;
export enum Kind {
	A = "a",
}
export const again = visible;
