/** Prisma's engine in its thread. */
import { EngineThread } from "@schemalign/sandbox/thread";
import { z } from "zod";
import {
	type EngineAnswer,
	type EngineMessage,
	type Filters,
	NO_FILTERS,
	type SchemaFile,
} from "./protocol.js";

const answerSchema: z.ZodType<EngineAnswer> = z.union([
	z.object({ script: z.string() }),
	z.object({ rejected: z.string() }),
]);

/** Measured: 54,000 lines take 0.7 s; on a machine at its limit, thirty times that. Only a schema of thousands of errors takes long. */
export const PATIENCE = 60_000;

/** It holds some hundred megabytes; schemas of one project are asked about one right after the other. */
const IDLE = 1000;

let current: EngineThread<EngineAnswer> | undefined;

/**
 * The DDL that Prisma would run on an empty database for these files, or its message why it rejects them.
 * @param patience milliseconds after which the engine is given up
 * @param filters what the script leaves out
 * @throws EngineFailure
 */
export async function askEngine(
	files: readonly SchemaFile[],
	patience = PATIENCE,
	filters: Filters = NO_FILTERS,
): Promise<EngineAnswer> {
	if (!current || current.isOver) current = start();
	const request: EngineMessage["request"] = { files, filters };
	return current.ask(request, patience, "Prisma's engine did not finish");
}

function start(): EngineThread<EngineAnswer> {
	const thread = new EngineThread({
		base: import.meta.url,
		name: "Prisma's engine",
		answer: answerSchema,
		idle: IDLE,
	});
	thread.unref();
	return thread;
}
