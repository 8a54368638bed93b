import { type SQL, sql } from "drizzle-orm";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";

export const generated = pgTable("generated", {
	first: text().notNull(),
	last: text().notNull(),
	full: text().generatedAlwaysAs((): SQL => sql`${generated.first} || ' ' || ${generated.last}`),
	lower: text().generatedAlwaysAs(sql`lower(first)`),
	n: integer(),
	double: integer().generatedAlwaysAs(sql`n * 2`),
	constant: text().generatedAlwaysAs(sql`'x'::text`),
	minutes: integer().generatedAlwaysAs(sql`((spec ->> 'minutes')::int)`),
	spec: jsonb(),
});
