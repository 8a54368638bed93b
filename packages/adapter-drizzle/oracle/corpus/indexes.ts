import { eq, gt, isNull, sql } from "drizzle-orm";
import {
	boolean,
	index,
	integer,
	jsonb,
	pgEnum,
	pgTable,
	text,
	timestamp,
	uniqueIndex,
	uuid,
	varchar,
} from "drizzle-orm/pg-core";

export const state = pgEnum("state", ["open", "closed"]);

export const things = pgTable(
	"things",
	{
		id: uuid().primaryKey(),
		name: text().notNull(),
		title: varchar({ length: 100 }),
		rank: integer(),
		active: boolean().default(true),
		data: jsonb(),
		tags: text().array(),
		state: state(),
		createdAt: timestamp("created_at").notNull(),
		deletedAt: timestamp("deleted_at"),
	},
	(t) => [
		index().on(t.rank),
		index("two").on(t.name, t.rank),
		index("descending").on(t.rank.desc()),
		index("nulls_first").on(t.rank.asc().nullsFirst()),
		index("descending_first").on(t.rank.desc().nullsFirst()),
		index("mixed").on(t.name.desc(), t.rank.asc()),
		index("only_on").onOnly(t.title),
		index("hashed").using("hash", t.name),
		index("inverted").using("gin", t.data),
		index("paths").using("gin", t.data.op("jsonb_path_ops")),
		index("tag_index").using("gin", t.tags),
		index("pattern").using("btree", t.name.op("text_pattern_ops")),
		index("pulled").using(
			"btree",
			t.name.asc().nullsLast().op("text_ops"),
			t.rank.asc().nullsLast().op("int4_ops"),
		),
		index("pulled_varchar").using("btree", t.title.asc().nullsLast().op("text_ops")),
		index("pulled_more").using(
			"btree",
			t.createdAt.asc().op("timestamp_ops"),
			t.state.asc().op("enum_ops"),
			t.active.asc().op("bool_ops"),
		),
		index("block").using("brin", t.createdAt),
		index("partial").on(t.name).where(sql`${t.deletedAt} is null`),
		index("partial_many")
			.on(t.createdAt)
			.where(sql`${t.active} = true and ${t.rank} > 5 and ${t.state} = 'open'`),
		index("lowered").on(sql`lower(${t.name})`),
		index("lowered_and").on(sql`lower(${t.name})`, t.rank),
		index("bare_column").on(sql`${t.name}`),
		index("expression_desc").on(sql`${t.createdAt} DESC`, sql`${t.rank} desc nulls last`),
		index("json_path").on(sql`(${t.data} ->> 'key')`),
		index("text_search").using("gin", sql`to_tsvector('english', ${t.name})`),
		uniqueIndex("unique_lower").on(sql`lower(${t.title})`),
		uniqueIndex("unique_partial").on(t.name).where(sql`${t.active}`),
		uniqueIndex().on(t.name, t.createdAt),
		index("built")
			.on(t.title)
			.where(
				sql`${isNull(t.deletedAt)} and ${gt(t.rank, sql.raw("3"))} and ${eq(t.active, sql.raw("true"))}`,
			),
	],
);
