import { sql } from "drizzle-orm";
import {
	boolean,
	date,
	integer,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	text,
	timestamp,
	uuid,
	varchar,
} from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["sad", "happy"]);

export const arrays = pgTable("arrays", {
	texts: text().array(),
	matrix: integer().array().array(),
	sized: integer().array(3),
	varchars: varchar({ length: 10 }).array().notNull(),
	moods: mood().array(),
	moodsDefault: mood("moods_default").array().default(["sad"]),
	empty: text().array().default([]).notNull(),
	emptySql: text("empty_sql").array().default(sql`'{}'`),
	emptyConstructor: text("empty_constructor").array().default(sql`ARRAY[]::text[]`),
	words: text().array().default(["a", "b c", "d,e"]),
	numbers: integer().array().default([1, 2, 3]),
	flags: boolean().array().default([true, false]),
	nested: integer()
		.array()
		.array()
		.default([
			[1, 2],
			[3, 4],
		]),
	ids: uuid().array().default(sql`ARRAY['00000000-0000-0000-0000-000000000000'::uuid]`),
	days: date().array(),
	prices: numeric({ precision: 6, scale: 2 }).array(),
	stamps: timestamp({ withTimezone: true }).array(),
	blobs: jsonb().array(),
});
