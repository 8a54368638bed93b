import type { SnapshotHead } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { type Declared, readDeclared } from "../src/declared.js";
import { testHead } from "./support.js";

const head: SnapshotHead = { ...testHead, role: "model" };
const read = (...statements: string[]): Promise<Declared> => readDeclared({ head, statements });
const addresses = ({ entities }: Declared): string[] => entities.map(({ address }) => address);

const USERS = 'CREATE TABLE "users" ("id" uuid NOT NULL PRIMARY KEY)';
const LOGINS = '-- CreateTable\nCREATE TABLE "auth"."logins" (\n  "user_id" text,\n  "data" json\n)';

describe("what an engine makes of models", () => {
	it("keeps a foreign key between types that do not compare: the model declares it", async () => {
		const declared = await read(
			USERS,
			LOGINS,
			'ALTER TABLE "auth"."logins" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id")',
		);
		expect(addresses(declared)).toContain('foreignKey:auth.logins."(user_id)"');
		expect(declared.gaps).toEqual([]);
	});

	it.each([
		['CREATE INDEX "i" ON "auth"."logins" ("nope")', "index", "42703"],
		['CREATE UNIQUE INDEX "i" ON "auth"."logins" ("nope")', "unique", "42703"],
		[
			'ALTER TABLE "auth"."logins" ADD CONSTRAINT "fk" FOREIGN KEY ("nope") REFERENCES "users" ("id")',
			"foreignKey",
			"42703",
		],
	])("knows nothing of what Postgres refuses: %s", async (statement, kind, sqlstate) => {
		const { gaps } = await read(USERS, LOGINS, statement);
		expect(gaps).toEqual([
			{
				gap: expect.objectContaining({
					under: "table:auth.logins",
					kinds: [kind],
					why: expect.stringContaining(`SQLSTATE ${sqlstate}`),
				}),
				table: ["auth", "logins"],
			},
		]);
	});

	it("is read past a text that is no SQL, which is a gap at its table", async () => {
		const declared = await read('CREATE TABLE "broken" (\n  "x" text DEFAULT now(\n)', USERS);
		expect(addresses(declared)).toContain("table:public.users");
		expect(declared.gaps).toMatchObject([
			{ gap: { under: "table:public.broken", kinds: [] }, table: ["public", "broken"] },
		]);
	});
});
