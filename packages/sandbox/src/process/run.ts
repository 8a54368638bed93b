/** Starts the sandbox, watches over its time and memory, and validates its answer. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { messageOf } from "@schemalign/core";
import type { z } from "zod";
import { type Answer, readAnswer, type SandboxTask } from "../protocol.js";
import { HOST_PROGRAM } from "./host.js";

/** Bounds of one evaluation. */
export interface SandboxLimits {
	/** Milliseconds until the process is killed. */
	readonly time: number;
	/** Milliseconds that modules may run without coming to an end. */
	readonly patience: number;
	/** Megabytes of heap. */
	readonly heap: number;
}

export const DEFAULT_LIMITS: SandboxLimits = { time: 10_000, patience: 2_500, heap: 512 };

/** What one process is to do. */
export interface SandboxJob<Found> {
	/** The engine's program, see `runtimeCode`. */
	readonly runtime: () => Promise<string>;
	readonly task: SandboxTask;
	/** The form of what it finds. */
	readonly found: z.ZodType<Found>;
	/** Called when the process has been given its task. */
	readonly onStart?: (() => void) | undefined;
}

/** What came of an evaluation: the answer, or why there is none. */
export type Outcome<Found> = { readonly answer: Answer<Found> } | { readonly failure: string };

const ANSWER_LIMIT = 256 * 1024 * 1024;

/** Evaluates modules in a locked-down child process. Never throws and always ends. */
export async function runSandbox<Found>(
	job: SandboxJob<Found>,
	limits: SandboxLimits = DEFAULT_LIMITS,
): Promise<Outcome<Found>> {
	const child = startChild(limits);
	if ("failure" in child) return child;
	try {
		const input = JSON.stringify({
			runtime: await job.runtime(),
			task: JSON.stringify(job.task),
			limit: limits.time,
			patience: limits.patience,
		});
		const outcome = converse(child.process, input, limits, job.found);
		job.onStart?.();
		return await outcome;
	} catch (error) {
		child.process.kill("SIGKILL");
		return { failure: `the sandbox failed: ${messageOf(error)}` };
	}
}

/** Node 20 calls the permission model experimental; later versions know it by its short name only. */
export function permissionFlag(
	allowed: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
): string | undefined {
	return ["--permission", "--experimental-permission"].find((flag) => allowed.has(flag));
}

function startChild(limits: SandboxLimits): { process: ChildProcess } | { failure: string } {
	const permission = permissionFlag();
	if (!permission) return { failure: "this Node has no permission model, so foreign code is not evaluated" };
	const flags = [
		permission,
		"--no-warnings",
		"--disallow-code-generation-from-strings",
		`--max-old-space-size=${limits.heap}`,
		"--input-type=commonjs",
		"-e",
		HOST_PROGRAM,
	];
	return {
		process: spawn(process.execPath, flags, {
			env: {},
			stdio: ["pipe", "ignore", "ignore", "pipe"],
			windowsHide: true,
		}),
	};
}

function converse<Found>(
	child: ChildProcess,
	input: string,
	limits: SandboxLimits,
	found: z.ZodType<Found>,
): Promise<Outcome<Found>> {
	return new Promise((resolve) => {
		let killed: string | undefined;
		const kill = (why: string): void => {
			killed ??= why;
			child.kill("SIGKILL");
		};
		// The host ends by itself within its limit; this is for when it cannot.
		const timer = setTimeout(
			() => kill(`it does not end within ${limits.time / 1000} s`),
			limits.time + 1500,
		);
		const guard = watchMemory(child, limits.heap * 2 + 256, kill);
		const chunks: Buffer[] = [];
		let size = 0;
		const finish = (outcome: Outcome<Found>): void => {
			clearTimeout(timer);
			clearInterval(guard);
			resolve(outcome);
		};
		child.stdio[3]?.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size > ANSWER_LIMIT) kill("its answer is too large");
			else chunks.push(chunk);
		});
		child.stdin?.on("error", () => undefined);
		child.on("error", (error) => finish({ failure: `the sandbox cannot be started: ${error.message}` }));
		child.on("close", (code, signal) => {
			if (killed) finish({ failure: killed });
			else finish(answerOf(Buffer.concat(chunks).toString("utf8"), code, signal, found));
		});
		child.stdin?.end(input);
	});
}

function answerOf<Found>(
	text: string,
	code: number | null,
	signal: string | null,
	found: z.ZodType<Found>,
): Outcome<Found> {
	if (text === "") {
		const memory = signal === "SIGABRT" || code === 134;
		return {
			failure: memory ? "it needs more memory than it is given" : "its evaluation ends without a result",
		};
	}
	try {
		const answer = readAnswer(text, found);
		return answer ? { answer } : { failure: "its evaluation gives a result of the wrong form" };
	} catch {
		return { failure: "its evaluation gives a result that is not JSON" };
	}
}

/** Buffers are outside of the heap's limit: on Linux the process's memory as a whole is watched too. */
function watchMemory(child: ChildProcess, megabytes: number, kill: (why: string) => void): NodeJS.Timeout {
	const timer = setInterval(() => {
		readFile(`/proc/${child.pid}/statm`, "utf8").then(
			(text) => {
				const pages = Number(text.split(" ")[1]);
				if (pages * 4096 > megabytes * 1024 * 1024) kill("it needs more memory than it is given");
			},
			() => clearInterval(timer),
		);
	}, 50);
	timer.unref();
	return timer;
}
