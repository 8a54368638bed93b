import { describe, expect, it } from "vitest";
import { analyze, type Capabilities, type DefaultValue, type Snapshot } from "../src/index.js";
import { type SourceSpec, source } from "./support/sources.js";

const database = source({ id: "sql", tables: { buckets: { id: "uuid", key: "jsonb" } } });
const model = (client?: string) =>
	source({
		id: "python",
		role: "model",
		adapter: "python",
		tables: {
			buckets: {
				id: "uuid",
				key: { type: "jsonb", default: "'[]'", ...(client === undefined ? {} : { client }) },
			},
		},
	});
const severities = (report: ReturnType<typeof analyze>) =>
	report.findings
		.filter(({ code }) => code === "default-mismatch")
		.map(({ severity, consequences }) => [severity, consequences[0]?.text]);

describe("a default that the database does not have", () => {
	it("makes INSERTs fail that leave the column to it", () => {
		expect(severities(analyze([database, model()]))).toEqual([
			[
				"high",
				"SQLAlchemy in python.txt: an INSERT that leaves key to the default fails (23502): the database has none",
			],
		]);
	});

	it("is a surprise for others only where the program fills the column itself", () => {
		expect(severities(analyze([database, model("list")]))).toEqual([
			[
				"low",
				"SQLAlchemy in python.txt: it fills key itself (list); INSERTs that do not go through the model get no default '[]'",
			],
		]);
	});
});

describe("a sequence that a column draws from", () => {
	const SEQUENCES: Capabilities = {
		kinds: { table: "complete", column: "complete", sequence: "complete" },
		aspects: {},
	};
	const drawing = (value: DefaultValue, more: SourceSpec["more"] = () => {}) =>
		source({
			id: `sql:${value?.is === "sequence" ? value.how : "none"}`,
			capabilities: SEQUENCES,
			tables: { users: { id: { type: "integer", default: value } } },
			more,
		});
	const counter: SourceSpec["more"] = (builder, at) =>
		builder.entity("sequence", ["public", "counter"], at(9), {});
	const drawn = drawing({ is: "sequence", how: "nextval", sequence: "public.counter" }, counter);
	const codes = (...sources: Snapshot[]) =>
		analyze(sources).findings.map(({ severity, code }) => `${severity} ${code}`);

	it("is not missed where the column is a serial or an identity", () => {
		for (const how of ["serial", "identity-always", "identity-by-default"] as const) {
			expect(codes(drawn, drawing({ is: "sequence", how }))).toEqual(["info default-equivalent"]);
		}
	});

	it("is missed where nothing else does its work", () => {
		expect(codes(drawn, drawing(null))).toContain("low sequence-missing");
		const unused = drawing({ is: "sequence", how: "nextval", sequence: "public.other" }, counter);
		expect(codes(unused, drawing({ is: "sequence", how: "serial" }))).toContain("low sequence-missing");
	});
});

describe("a default that SQLAlchemy's model does not know", () => {
	const effects = (key: boolean) => {
		const column = (role: "definition" | "model") =>
			source({
				id: role,
				role,
				adapter: role === "model" ? "python" : "sql",
				tables: {
					t: { id: { type: "uuid", ...(role === "model" ? {} : { default: "gen_random_uuid()" }) } },
				},
				more: (builder, at) => {
					if (key) builder.primaryKey({ schema: "public", table: "t" }, ["id"], at(9));
				},
			});
		return severities(analyze([column("definition"), column("model")]));
	};

	it("is replaced by NULL", () => {
		expect(effects(false)).toEqual([["low", expect.stringContaining("it writes NULL in its place")]]);
	});

	it("is left to the database in a key, and not learnt", () => {
		expect(effects(true)).toEqual([["low", expect.stringContaining("fails (FlushError)")]]);
	});
});
