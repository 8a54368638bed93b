import { describe, expect, it } from "vitest";
import { z } from "zod";
import { EngineFailure, EngineThread } from "../src/process/thread.js";

const start = (idle?: number): EngineThread<string> =>
	new EngineThread({
		base: new URL("./thread/engine.ts", import.meta.url).href,
		name: "the parrot",
		answer: z.string(),
		data: { seeds: 3 },
		...(idle === undefined ? {} : { idle }),
	});

const LONG = 60_000;

describe("an engine's thread", () => {
	it("gives each request its answer", async () => {
		const thread = start();
		const answers = ["a", "b"].map((text) => thread.ask(text, LONG, "it is silent"));
		expect(await Promise.all(answers)).toEqual(['a {"seeds":3}', 'b {"seeds":3}']);
		expect(thread.isOver).toBe(false);
		thread.end("enough");
		expect(thread.isOver).toBe(true);
		await expect(thread.ask("c", LONG, "it is silent")).rejects.toThrow("enough");
	});

	it("ends when it is asked no more, where it is to", async () => {
		const thread = start(50);
		await thread.ask("a", LONG, "it is silent");
		await thread.ask("b", LONG, "it is silent");
		expect(thread.isOver).toBe(false);
		await expect.poll(() => thread.isOver, { timeout: LONG }).toBe(true);
	});

	it.each([
		["break", LONG, "the parrot broke: no more"],
		["trap", LONG, "the parrot ended without an answer"],
		["loop", 200, "it is silent within 0.2 s"],
	])("is over after it fails: %s", async (request, patience, why) => {
		const thread = start();
		const waiting = thread.ask("a", LONG, "it is silent");
		await waiting;
		await expect(thread.ask(request, patience, "it is silent")).rejects.toThrow(new EngineFailure(why));
		expect(thread.isOver).toBe(true);
	});
});
