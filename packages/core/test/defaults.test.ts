import { describe, expect, it } from "vitest";
import { analyze } from "../src/index.js";
import { source } from "./support/sources.js";

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
