/** The table of comparable types, held against Postgres: every pair of them. */
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { parseType, type TypeValue } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isComparable } from "../../../packages/core/src/types/comparable.js";

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

function typeOf(text: string): TypeValue {
	return parseType(text) ?? { name: text, dimensions: 0 };
}

async function compares(left: string, right: string): Promise<boolean> {
	try {
		await postgres.query(`SELECT a = b FROM (SELECT NULL::${left} AS a, NULL::${right} AS b) AS pair`);
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && ["42883", "42725"].includes(String(error.code)))
			return false;
		throw error;
	}
}
