/** Runs the program in the test's process, over projects in temporary folders. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { run } from "../src/run.js";

const folders: string[] = [];
afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with the given files; deleted after the tests of the file. */
export function project(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
	const root = realpathSync(mkdtempSync(join(tmpdir(), "schemalign-cli-")));
	folders.push(root);
	add(root, files);
	return root;
}

export function add(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
}

export function git(root: string, ...args: readonly string[]): void {
	const identity = [
		"-c",
		"user.email=test@example.com",
		"-c",
		"user.name=test",
		"-c",
		"commit.gpgsign=false",
	];
	execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe" });
}

export interface Outcome {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export interface World {
	readonly cwd: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly columns?: number;
	readonly isTTY?: boolean;
}

export async function cli(argv: readonly string[], world: World): Promise<Outcome> {
	const out: string[] = [];
	const err: string[] = [];
	const code = await run(argv, {
		stdout: { write: (text) => out.push(text) },
		stderr: { write: (text) => err.push(text) },
		env: world.env ?? {},
		cwd: world.cwd,
		columns: world.columns,
		isTTY: world.isTTY ?? false,
	});
	return { code, stdout: out.join(""), stderr: err.join("") };
}

/**
 * A third-party adapter as its author would publish it, without our packages: `*.toy` files hold lines such as
 * `users.email text`; the first may be `role model`.
 */
export const TOY_ADAPTER = `
const CAPABILITIES = { kinds: { table: "complete", column: "complete" }, aspects: { "column.nullable": "none" } };
const parse = (text) => text.split("\\n").map((line, at) => ({ line: at + 1, words: line.trim().split(/\\s+/) }));
export default {
	name: "toy",
	contract: 1,
	capabilities: CAPABILITIES,
	interests: [{ path: /\\.toy$/g }],
	async discover({ files, matched }) {
		const sources = [];
		for (const path of matched) {
			const text = await files.read(path);
			const role = /^role (\\w+)/.exec(text)?.[1] ?? "definition";
			sources.push({ id: "toy:" + path, adapter: "toy", role, path, files: [path], label: "toy schema", options: {} });
		}
		return { sources, skipped: [] };
	},
	async read(source, { files }) {
		const text = await files.read(source.path);
		if (text.includes("throw!")) throw new Error("the toy broke, postgres://me:hunter2@host/db");
		if (text.includes("hang!")) await new Promise(() => {});
		if (text.includes("nonsense!")) return { entities: "none" };
		const entities = [];
		const tables = new Set();
		for (const { line, words } of parse(text)) {
			const [name, type] = words;
			if (!name?.includes(".")) continue;
			const at = { file: source.path, line };
			const [table, column] = name.split(".");
			if (!tables.has(table)) entities.push({ kind: "table", address: "table:public." + table, at, facts: {} });
			tables.add(table);
			const value = { name: type, dimensions: 0 };
			entities.push({ kind: "column", address: "column:public." + table + "." + column, at, facts: { type: { value, at } } });
		}
		return {
			formatVersion: 1, source: source.id, adapter: "toy", role: source.role, path: source.path, dialect: "postgres",
			capabilities: CAPABILITIES, entities, gaps: [], diagnostics: [],
		};
	},
};
`;

/** A project read by the toy adapter only. */
export function toyProject(
	files: Readonly<Record<string, string>>,
	config: Readonly<Record<string, unknown>> = {},
): string {
	return project({
		"tools/toy.mjs": TOY_ADAPTER,
		"schemalign.config.json": JSON.stringify({ adapters: ["./tools/toy.mjs"], ...config }),
		...files,
	});
}
