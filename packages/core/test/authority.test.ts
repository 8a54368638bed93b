import { expect, it } from "vitest";
import { analyze } from "../src/index.js";
import { source } from "./support/sources.js";

const users = { id: "bigint", email: "text" };
const made = source({ id: "sql:db", tables: { users } });
const mapped = source({ id: "app", role: "model", tables: { users } });
const live = (id: string) =>
	source({
		id,
		path: id,
		role: "database",
		adapter: "postgres",
		tables: { users: { id: "bigint", email: "uuid" } },
	});

const verdictOf = (id: string, ...others: ReturnType<typeof source>[]) => {
	const report = analyze([live(id), ...others]);
	return [report.databases[0]?.authority, report.findings[0]?.verdict.deviating];
};

it("a live database stands over what creates it, a developer's does not", () => {
	expect(verdictOf("prod", made, mapped)).toEqual(["prod", ["app", "sql:db"]]);
	for (const id of ["dev", "my-dev", "local", "ci_database"]) {
		expect(verdictOf(id, made, mapped)).toEqual(["sql:db", [id]]);
	}
	expect(verdictOf("devices", made, mapped)[0]).toBe("devices");
});

it("what one definition lacks and another cannot tell of is undecided", () => {
	const unread = source({
		id: "alembic:a",
		tables: { users: { id: "bigint" } },
		more: (builder) =>
			builder.gap({ under: "table:public.users", kinds: [], why: "a branch", mayChange: true }),
	});
	const old = source({ id: "sql:old", tables: { users: { id: "bigint" } } });
	const [found] = analyze([unread, old, mapped]).findings;
	expect(found?.code).toBe("column-missing");
	expect(found?.verdict).toMatchObject({ truth: null, deviating: [] });
	expect(found?.verdict.basis).toContain("alembic:a may create it");
	const [sure] = analyze([old, mapped]).findings;
	expect(sure?.verdict.deviating).toEqual(["app"]);
});

it("a developer's database stands over models where nothing creates it", () => {
	expect(verdictOf("dev", mapped)).toEqual(["dev", ["app"]]);
});
