import {
	type AnyPgColumn,
	foreignKey,
	integer,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid,
} from "drizzle-orm/pg-core";

export const users = pgTable(
	"users",
	{
		id: uuid("id").primaryKey().defaultRandom(),
		email: text("email").notNull().unique(),
		handle: text("handle").unique("own_name"),
		nick: text("nick").unique("nick_once", { nulls: "not distinct" }),
		manager: uuid("manager").references((): AnyPgColumn => users.id, { onDelete: "set null" }),
		first: text("first"),
		last: text("last"),
	},
	(t) => [unique().on(t.first, t.last), unique("last_first").on(t.last, t.email).nullsNotDistinct()],
);

export const memberships = pgTable(
	"memberships",
	{
		user: uuid("user_id").references(() => users.id, { onDelete: "cascade", onUpdate: "cascade" }),
		team: integer("team_id"),
	},
	(t) => [primaryKey({ columns: [t.user, t.team] })],
);

export const badges = pgTable(
	"badges",
	{
		b: integer("b"),
		a: uuid("a"),
		extra: text("extra").references(() => users.email, { onDelete: "restrict" }),
	},
	(t) => ({
		pk: primaryKey({ name: "badges_key", columns: [t.b, t.a] }),
		fk: foreignKey({ columns: [t.a, t.b], foreignColumns: [memberships.user, memberships.team] }).onDelete(
			"set default",
		),
	}),
);

export const single = pgTable("single", { only: integer("only") }, (t) => [
	primaryKey({ columns: [t.only] }),
]);
export const keyless = pgTable("keyless", { x: text("x") });
