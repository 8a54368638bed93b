import { describe, expect, it } from "vitest";
import type { Snapshot } from "../src/index.js";
import { catchUp } from "../src/migrations/catch-up.js";
import { source as sourceOf, type TableSpec } from "./support/sources.js";

function source(id: string, tables: Readonly<Record<string, TableSpec>>, unread?: string): Snapshot {
	return sourceOf({
		id,
		role: id === "prod" ? "database" : "definition",
		tables,
		more: (builder) => {
			if (unread !== undefined) builder.gap({ under: unread, kinds: [], why: "unread" });
		},
	});
}

function told(live: Snapshot, reached: Snapshot, head: Snapshot): { has: string[]; changes: string[] } {
	const { snapshot, changes } = catchUp(live, reached, head);
	return {
		has: snapshot.entities
			.filter(({ kind }) => kind === "column")
			.map(({ address, facts }) => {
				const { type } = facts;
				const name = type && "value" in type ? JSON.stringify(type.value) : "";
				return `${address.replace("column:public.", "")} ${/"name":"([^"]+)"/.exec(name)?.[1]}`;
			})
			.sort(),
		changes: changes.map(({ is, address }) => `${is} ${address}`).sort(),
	};
}

describe("a database that is behind its migrations", () => {
	it("has what they add, without what they drop, and their types", () => {
		const old = { users: { id: "integer", fax: "text", age: "text" }, gone: { id: "integer" } };
		const head = { users: { id: "integer", age: "integer", phone: "text" }, posts: { id: "bigint" } };
		expect(told(source("prod", old), source("sql:a", old), source("sql:a", head))).toEqual({
			has: ["posts.id bigint", "users.age integer", "users.id integer", "users.phone text"],
			changes: [
				"changed column:public.users.age",
				"gone column:public.users.fax",
				"gone table:public.gone",
				"new column:public.users.phone",
				"new table:public.posts",
			],
		});
	});

	it("has what a pending file creates although other files could not be read", () => {
		const [live, reached] = [source("prod", { users: { id: "integer" } }), source("sql:a", {}, "*")];
		const head = source("sql:a", { posts: { id: "integer" } }, "*");
		const [file = ""] = head.entities.map(({ at }) => at.file);
		const added = (pending: string[]) =>
			catchUp(live, reached, head, pending).changes.map(({ is, address }) => `${is} ${address}`);
		expect(added([file])).toEqual(["new table:public.posts"]);
		expect(added(["another.sql"])).toEqual([]);
	});

	it("keeps what was changed by hand", () => {
		const reached = source("sql:a", { users: { id: "integer", age: "text" }, logs: { id: "integer" } });
		const head = source("sql:a", {
			users: { id: "integer", age: "integer" },
			logs: { id: "integer", at: "date" },
		});
		const prod = source("prod", { users: { id: "integer", age: "bigint", extra: "text" } });
		// Its age is neither that of before nor that of later; it lacks logs, and so what comes into it.
		expect(told(prod, reached, head)).toEqual({
			has: ["users.age bigint", "users.extra text", "users.id integer"],
			changes: [],
		});
	});

	it("takes nothing from a source that was not read there", () => {
		const old = { users: { id: "integer" } };
		const head = source("sql:a", { users: { id: "integer", phone: "text" } });
		expect(told(source("prod", old), source("sql:a", old, "table:public.users"), head).changes).toEqual([]);
	});
});
