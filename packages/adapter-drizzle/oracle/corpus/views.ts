import { eq, sql } from "drizzle-orm";
import { integer, pgMaterializedView, pgSchema, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const reports = pgSchema("reports");
export const people = pgTable("people", {
	id: integer().primaryKey(),
	name: text().notNull(),
	age: integer(),
});
export const adults = pgView("adults").as((qb) => qb.select().from(people).where(sql`${people.age} >= 18`));
export const manual = pgView("manual", { id: integer("id"), upper: text("upper") }).as(
	sql`select id, upper(name) as upper from ${people}`,
);
export const counted = pgMaterializedView("counted").as((qb) =>
	qb
		.select({ name: people.name, n: sql<number>`count(*)`.as("n") })
		.from(people)
		.groupBy(people.name),
);
export const inside = reports.view("inside").as((qb) =>
	qb
		.select({ id: people.id })
		.from(people)
		.where(eq(people.name, sql.raw("'x'"))),
);
export const invoked = pgView("invoked")
	.with({ securityInvoker: true, securityBarrier: false })
	.as((qb) => qb.select().from(people));
export const checked = pgView("checked")
	.with({ checkOption: "cascaded" })
	.as((qb) => qb.select().from(people));
