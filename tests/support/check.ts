/** `schemalign check` in process, as a user runs it: from the folder to the JSON report. */
import { type Report, reportSchema } from "@schemalign/core";
import { run } from "../../packages/cli/src/run.js";

/**
 * The report on the project at `root`.
 * @throws Error with what the tool printed, if it could not do its job.
 */
export async function checkProject(root: string): Promise<Report> {
	const printed: string[] = [];
	const complaints: string[] = [];
	const code = await run(["check", root, "--format", "json"], {
		stdout: { write: (text) => printed.push(text) },
		stderr: { write: (text) => complaints.push(text) },
		env: {},
		cwd: root,
		isTTY: false,
	});
	if (code !== 0 && code !== 1) throw new Error(`exit code ${code}: ${complaints.join("")}`);
	return reportSchema.parse(JSON.parse(printed.join("")));
}
