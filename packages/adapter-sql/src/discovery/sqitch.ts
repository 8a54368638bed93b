/** Sqitch: deploy scripts in the order of its plan. */
import { folderOf, type ProjectFiles } from "@schemalign/core";
import type { MigrationFolder } from "./folders.js";
import { isSql, joinPath } from "./paths.js";

/** The projects of Sqitch: a `sqitch.plan`, and what lies in its folders of scripts. */
export async function sqitch(files: ProjectFiles, paths: readonly string[]): Promise<MigrationFolder[]> {
	const found: MigrationFolder[] = [];
	for (const plan of files.paths().filter((path) => /(?:^|\/)sqitch\.plan$/.test(path))) {
		const text = await files.read(plan).catch(() => undefined);
		if (text !== undefined) found.push(await project(files, plan, text, paths));
	}
	return found.filter(({ files: run, skipped }) => run.length > 0 || skipped.length > 0);
}

async function project(
	files: ProjectFiles,
	plan: string,
	text: string,
	paths: readonly string[],
): Promise<MigrationFolder> {
	const top = folderOf(plan);
	const config = await configuration(files, top);
	const [deploy, ...others] = (["deploy", "revert", "verify"] as const).map((name) =>
		joinPath(top, folderName(config, `${name}_dir`) ?? name),
	);
	const within = (folder = ""): string[] =>
		paths.filter((path) => path.startsWith(`${folder}/`) && isSql(path));
	const skipped = others
		.flatMap(within)
		.map((path) => ({ path, why: "Sqitch runs it only to revert or verify" }));
	const label = "Sqitch changes";
	const scripts = within(deploy);
	const engine = /^\s*engine\s*=\s*(\w+)/m.exec(config)?.[1];
	if (engine !== undefined && !/^(?:pg|cockroach|yugabyte)$/.test(engine)) {
		const why = `Sqitch changes for ${engine}, not for Postgres`;
		return {
			path: top,
			label,
			files: [],
			neverRun: [],
			skipped: [...skipped, ...scripts.map((path) => ({ path, why }))],
		};
	}
	const run = planned(text).map((name) => `${deploy}/${name}.sql`);
	const running = new Set(run);
	return {
		path: deploy ?? top,
		label,
		files: run,
		neverRun: scripts.filter((path) => !running.has(path)),
		skipped,
	};
}

async function configuration(files: ProjectFiles, top: string): Promise<string> {
	for (let folder = top; ; folder = folderOf(folder)) {
		const path = joinPath(folder, "sqitch.conf");
		if (files.has(path)) return files.read(path).catch(() => "");
		if (folder === "") return "";
	}
}

function folderName(config: string, key: string): string | undefined {
	const value = new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)`, "m").exec(config)?.[1];
	return value?.replace(/^\.\//, "").replace(/\/+$/, "");
}

/**
 * The names of the plan's deploy scripts in their order. A change that is named again after a tag was reworked: the script
 * of its earlier form is `name@tag`, after the first tag that follows that form.
 */
function planned(plan: string): string[] {
	const changes: { name: string; tag?: string }[] = [];
	const last = new Map<string, number>();
	let untagged = 0;
	for (const line of plan.split(/\r?\n/)) {
		const entry = line.replace(/\s+#.*$/, "").trim();
		if (entry === "" || /^[%#]/.test(entry)) continue;
		const tag = /^@(\S+)/.exec(entry)?.[1];
		if (tag === undefined) {
			const name = /^\+?\s*([^\s@]+)/.exec(entry)?.[1];
			if (name !== undefined && !name.startsWith("-")) last.set(name, changes.push({ name }) - 1);
		} else {
			for (const change of changes.slice(untagged)) change.tag = tag;
			untagged = changes.length;
		}
	}
	return changes.map(({ name, tag }, at) =>
		last.get(name) !== at && tag !== undefined ? `${name}@${tag}` : name,
	);
}
