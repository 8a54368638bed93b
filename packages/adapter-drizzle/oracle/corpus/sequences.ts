import {
	bigint,
	bigserial,
	integer,
	pgSchema,
	pgSequence,
	pgTable,
	serial,
	smallint,
	smallserial,
	text,
} from "drizzle-orm/pg-core";

export const plain = pgSequence("plain");
export const custom = pgSequence("custom", {
	startWith: 100,
	minValue: 100,
	maxValue: 10000,
	increment: 2,
	cache: 10,
	cycle: true,
});
export const down = pgSequence("down", { increment: -1 });
export const app = pgSchema("app");
export const inside = app.sequence("inside", { startWith: 7 });

export const counters = pgTable("counters", {
	id: serial().primaryKey(),
	big: bigserial({ mode: "number" }),
	small: smallserial(),
	always: integer().generatedAlwaysAsIdentity(),
	byDefault: bigint("by_default", { mode: "number" }).generatedByDefaultAsIdentity({
		startWith: 10,
		increment: 5,
	}),
	tiny: smallint().generatedAlwaysAsIdentity({ name: "tiny_sequence" }),
	text: text(),
});
