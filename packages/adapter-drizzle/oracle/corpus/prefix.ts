import { index, integer, pgTableCreator, text, timestamp, uuid } from "drizzle-orm/pg-core";

const createTable = pgTableCreator((name) => `video-app_${name}`);
const timestamps = {
	createdAt: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
	updatedAt: timestamp("updated_at", { withTimezone: true }).$onUpdate(() => new Date()),
};

export const users = createTable("user", (d) => ({
	id: d.uuid().primaryKey().defaultRandom(),
	email: d.varchar({ length: 255 }).notNull().unique(),
	...timestamps,
}));
export const exports = createTable(
	"export",
	{
		id: uuid("id").primaryKey(),
		userId: uuid("user_id").references(() => users.id),
		size: integer("size"),
		note: text("note"),
		...timestamps,
	},
	(t) => [index("export_user_idx").on(t.userId), index().on(t.size)],
);
