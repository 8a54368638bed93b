/** What is said of two types, held against Postgres for every pair of them: whether they compare, and what a typed value meets. */
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { parseType, type TypeValue } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isComparable } from "../../../packages/core/src/types/comparable.js";
import { compareTypes } from "../../../packages/core/src/types/compare.js";
import { typeEffect } from "../../../packages/core/src/types/effect.js";

const TYPES = [
	"smallint",
	"integer",
	"bigint",
	"numeric",
	"real",
	"double precision",
	"oid",
	"text",
	"varchar(10)",
	"char(10)",
	"citext",
	"name",
	"date",
	"timestamp",
	"timestamptz",
	"time",
	"timetz",
	"interval",
	"inet",
	"cidr",
	"macaddr",
	"macaddr8",
	"bit(3)",
	"varbit(3)",
	"uuid",
	"boolean",
	"bytea",
	"json",
	"jsonb",
	"money",
	"xml",
	"point",
	"text[]",
	"varchar(10)[]",
	"integer[]",
	"bigint[]",
	"uuid[]",
	"json[]",
];

let postgres: PGlite;
beforeAll(async () => {
	postgres = await PGlite.create({ extensions: { citext } });
	await postgres.exec("CREATE EXTENSION citext");
});
afterAll(async () => {
	await postgres.close();
});

describe.each(TYPES)("%s", (left) => {
	it("compares with what Postgres compares it with", async () => {
		const told: Record<string, boolean | undefined> = {};
		const real: Record<string, boolean> = {};
		for (const right of TYPES) {
			told[right] = isComparable(typeOf(left), typeOf(right));
			real[right] = await compares(left, right);
		}
		expect(told).toEqual(real);
	});
});

describe.each(TYPES.filter((one) => one !== "oid"))("a value of %s in a column", (program) => {
	it("is refused where that is told, and only there", async () => {
		const told: Record<string, string[]> = {};
		const real: Record<string, string[]> = {};
		for (const store of TYPES.filter((one) => one !== program && one !== "oid")) {
			const ours = typeOf(program);
			const theirs = typeOf(store);
			if (compareTypes(ours, theirs) !== "different") continue;
			const { text } = typeEffect(ours, theirs, { binding: { values: "typed", enums: "typed" } });
			told[store] = ["42804", "42883"].filter((code) => text.includes(code));
			await postgres.exec(`CREATE TEMP TABLE target (v ${store})`);
			const refusals = [
				await refusal(`INSERT INTO target SELECT NULL::${program}`),
				await refusal(`SELECT v FROM target WHERE v = NULL::${program}`),
			];
			real[store] = refusals.flatMap((code) => code ?? []);
			await postgres.exec("DROP TABLE target");
		}
		expect(told).toEqual(real);
	});
});

function typeOf(text: string): TypeValue {
	return parseType(text) ?? { name: text, dimensions: 0 };
}

async function compares(left: string, right: string): Promise<boolean> {
	return (
		(await refusal(`SELECT a = b FROM (SELECT NULL::${left} AS a, NULL::${right} AS b) AS pair`)) ===
		undefined
	);
}

/** The SQLSTATE with which Postgres refuses the statement for its types; an ambiguous operator is none. */
async function refusal(sql: string): Promise<string | undefined> {
	try {
		await postgres.query(sql);
		return undefined;
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : "";
		if (code === "42883" || code === "42725") return "42883";
		if (code === "42804") return code;
		throw error;
	}
}
