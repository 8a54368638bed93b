import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

export interface Measurement {
	/** Wall time of the whole process, in seconds. */
	seconds: number;
	/** The highest sum of resident memory of the process and its descendants that was seen, in MB; 0 where /proc is missing. */
	megabytes: number;
	exitCode: number | null;
}

/** Runs `node` with `args` and measures the whole process and its children. */
export async function measure(args: readonly string[], cwd: string): Promise<Measurement> {
	const start = process.hrtime.bigint();
	const child = spawn(process.execPath, args, {
		cwd,
		stdio: "ignore",
		env: { PATH: process.env.PATH ?? "", NO_COLOR: "1" },
	});
	let peak = 0;
	const sampling = setInterval(() => {
		peak = Math.max(peak, residentOfTree(child.pid ?? 0));
	}, 15);
	await once(child, "exit");
	clearInterval(sampling);
	const seconds = Number(process.hrtime.bigint() - start) / 1e9;
	return { seconds, megabytes: peak / 1024, exitCode: child.exitCode };
}

/** Resident kilobytes of the process and all its descendants, as /proc tells. */
function residentOfTree(pid: number): number {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
		const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
			readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
		);
		return own + children.reduce((sum, one) => sum + residentOfTree(one), 0);
	} catch {
		return 0;
	}
}

/** The run with the median time of `runs`. */
export async function median(args: readonly string[], cwd: string, runs: number): Promise<Measurement> {
	const all: Measurement[] = [];
	for (let run = 0; run < runs; run++) all.push(await measure(args, cwd));
	all.sort((a, b) => a.seconds - b.seconds);
	const middle = all[Math.floor(all.length / 2)];
	if (!middle) throw new Error("nothing was measured");
	return middle;
}
