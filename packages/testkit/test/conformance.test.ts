import { type Adapter, messageOf } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { type ConformanceFixture, conformance } from "../src/index.js";
import { MUTANTS } from "./mutants.js";
import { fileOf, fixture, readListing, toy } from "./toy.js";

/** The checks that `adapter` fails, by the end of their names, with what they say. */
async function failures(
	adapter: Adapter,
	project: ConformanceFixture = fixture,
): Promise<{ name: string; message: string }[]> {
	const failed: { name: string; message: string }[] = [];
	for (const check of conformance(adapter, [project])) {
		try {
			await check.run();
		} catch (error) {
			failed.push({ name: check.name, message: messageOf(error) });
		}
	}
	return failed;
}

describe("an adapter that holds to the contract", () => {
	it("passes every check", async () => {
		expect(await failures(toy)).toEqual([]);
	});
});

describe("the suite catches", () => {
	it.each(MUTANTS)("%s", async (_what, adapter, checks, message) => {
		const failed = await failures(adapter);
		expect(failed.map((one) => checks.find((check) => one.name.includes(check)) ?? one.name)).toEqual(checks);
		expect(failed[0]?.message).toMatch(message);
	});

	it("another fact for want of a file, and no word of it", async () => {
		const renaming: Adapter = {
			...toy,
			read: async (source, { files }) => {
				const wide = await files.read("settings.txt").catch(() => "");
				const text = () => files.read(fileOf(source));
				return readListing(source, async () =>
					wide.startsWith("wide") ? (await text()).replace("int", "bigint") : text(),
				);
			},
		};
		const settings = {
			name: "a setting",
			files: { "db.tables.txt": "users\nusers id int\n", "settings.txt": "wide" },
			tables: ["public.users"],
		};
		const failed = await failures(renaming, settings);
		expect(failed.map((one) => one.message)).toEqual([
			expect.stringMatching(/settings.txt cannot be read.*column:public.users.id is stated otherwise/),
			expect.stringMatching(/settings.txt is garbled.*column:public.users.id is stated otherwise/),
		]);
	});

	it("an adapter without a fixture, and one with a name that no address takes", async () => {
		const [contract] = conformance(toy, []);
		await expect(contract?.run()).rejects.toThrow("there is no fixture");
		const [named] = conformance({ ...toy, name: "My Listing" }, [fixture]);
		await expect(named?.run()).rejects.toThrow('its name is "My Listing"');
	});
});
