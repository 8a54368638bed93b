import { describe, expect, it } from "vitest";
import { analyze, type Gap, type Snapshot } from "../src/index.js";
import { type SourceSpec, source, type TableSpec } from "./support/sources.js";

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

describe("where another definition could not be read, and no program agrees with the one that speaks", () => {
	const app = source({ id: "app", role: "model", tables: { users: { id: "bigint", name: "varchar(120)" } } });
	const beside = { orders: { id: "bigint" }, items: { id: "bigint" } };
	const old = (users: TableSpec) => source({ id: "sql:old", tables: { users, ...beside } });
	const unread = (tables: SourceSpec["tables"], gap: Partial<Gap> = {}, id = "alembic:a") =>
		source({
			id,
			tables,
			more: (builder) => builder.gap({ under: "*", kinds: [], why: "a branch", mayChange: true, ...gap }),
		});
	const users = { id: "bigint", name: "varchar(60)" };
	const verdict = (...sources: Snapshot[]) => {
		const findings = analyze(sources).findings.filter(({ column }) => column !== undefined);
		expect(findings).toHaveLength(1);
		return findings[0]?.verdict;
	};
	const open = (verb: string) => ({
		truth: null,
		deviating: [],
		basis: `undecided: alembic:a may ${verb} it, in what could not be read of it; an \`authority\` in the config decides it`,
	});

	const there = { under: "table:public.users", mayChange: undefined } as const;
	const dropped = { id: "bigint", name: "varchar(120)", phone: "text" };
	it.each<[string, TableSpec, Snapshot]>([
		["create", { id: "bigint" }, unread({ users: { id: "bigint" } }, { under: "table:public.users" })],
		["create", { id: "bigint" }, unread({ users: { id: "bigint" }, ...beside }, { mayChange: undefined })],
		["create", { id: "bigint" }, unread(beside, there)],
		["change", users, unread({ users })],
		["change", users, unread(beside, there)],
		["drop", dropped, unread(beside, there)],
	])("nobody knows: it may %s it (%#)", (verb, said, definition) => {
		expect(verdict(definition, old(said), app)).toEqual(open(verb));
	});

	it("what creates the database is right where two definitions say so, or the gap is anywhere else", () => {
		const second = source({ id: "sql:new", tables: { users, ...beside } });
		expect(verdict(unread(beside, there), old(users), second, app)?.deviating).toEqual(["app"]);
		expect(verdict(unread(beside), old(users), app)?.deviating).toEqual(["app"]);
	});

	it("what creates the database is right where that was read", () => {
		const elsewhere = { under: "table:public.orders" };
		for (const definition of [source({ id: "alembic:a", tables: beside }), unread(beside, elsewhere)]) {
			expect(verdict(definition, old(users), app)?.deviating).toEqual(["app"]);
		}
	});

	it("what creates the database is right where a program agrees with it, or it alone creates it", () => {
		const other = source({ id: "other", role: "model", tables: { users } });
		const away = unread(beside, there);
		expect(verdict(away, old(users), app, other)?.deviating).toEqual(["app"]);
		expect(verdict(old(users), app)?.deviating).toEqual(["app"]);
	});

	it("what databases have is known", () => {
		const databases = ["live-a", "live-b"].map((id) =>
			source({ id, path: id, role: "database", adapter: "postgres", tables: { users } }),
		);
		const away = unread(beside, there);
		expect(verdict(...databases, away, old(users), app)?.deviating).toEqual(["app"]);
	});
});

it("a developer's database stands over models where nothing creates it", () => {
	expect(verdictOf("dev", mapped)).toEqual(["dev", ["app"]]);
});
