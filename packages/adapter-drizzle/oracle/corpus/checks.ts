import { sql } from "drizzle-orm";
import { boolean, check, integer, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const checked = pgTable(
	"checked",
	{
		age: integer(),
		name: text(),
		status: text(),
		price: numeric({ precision: 10, scale: 2 }),
		from: timestamp(),
		until: timestamp(),
		on: boolean(),
	},
	(t) => [
		check("age_positive", sql`${t.age} > 0`),
		check("age_between", sql`${t.age} between 1 and 150`),
		check("status_known", sql`${t.status} in ('draft', 'published', 'it''s')`),
		check("status_or_null", sql`${t.status} is null or ${t.status} in ('a', 'b')`),
		check("name_length", sql`char_length(${t.name}) <= 50`),
		check("name_pattern", sql`${t.name} ~ '^[a-z]+$'`),
		check("order", sql`${t.from} < ${t.until}`),
		check("price_range", sql`price >= 0 AND price < 1000.5`),
		check("not_both", sql`not (${t.on} and ${t.age} = 5)`),
		check("distinct", sql`${t.name} is distinct from ${t.status}`),
	],
);
