import { sql } from "drizzle-orm";
import { bigserial, integer, pgPolicy, pgTable, text, unique } from "drizzle-orm/pg-core";

// Drizzle holds this column to be nullable; a serial is not.
export const serials = pgTable("serials", { id: bigserial({ mode: "bigint" }), note: text() });
// Postgres makes one index of the two.
export const twice = pgTable(
	"twice",
	{
		id: integer().primaryKey().unique("again"),
		code: text().unique("first"),
	},
	(t) => [unique("second").on(t.code)],
);
// The end of the made-up name stays, the table's name is cut.
export const named = pgTable("sixty_characters_and_more_are_too_many_for_a_name_of_a_primary", {
	id: integer().primaryKey(),
});
export const guarded = pgTable("guarded_from_outside", { id: integer() });
export const outside = pgPolicy("outside", { using: sql`true` }).link(guarded);
