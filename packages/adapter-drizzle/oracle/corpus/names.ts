import { index, integer, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";

export const weird = pgEnum("we ird", ["a b", "c,d", "", "é😀"]);
export const order = pgTable(
	"order",
	{
		select: text("select"),
		"with-dash": integer("with-dash"),
		UPPER: text("UPPER").unique(),
		emoji: text("😀"),
		space: weird("a column"),
	},
	(t) => [index("Index Name").on(t.UPPER), unique().on(t.select, t.emoji)],
);
export const long = pgTable(
	"a_table_with_a_name_of_forty_characters_xx",
	{
		column: integer("another_column_with_a_very_long_name_indeed").unique(),
		other: integer("other_column_with_a_very_long_name_as_well").references(() => long2.id),
	},
	(t) => [index().on(t.other, t.column)],
);
export const long2 = pgTable("second_table_with_a_long_name_so_the_key_is_cut", {
	id: integer("identifier_of_it").primaryKey(),
});
