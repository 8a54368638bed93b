/** The files of a commit, in a folder of their own. The user's files and git's index are not touched. */
import { spawn } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Skipped } from "@schemalign/core";
import { Problem } from "../problem.js";
import { fields, git, gitEnvironment, isKept, safely } from "../project/git.js";
import { walkProject } from "../project/walk.js";
import { BlobReader } from "./blobs.js";

/** What no reader looks at, whatever its name says. */
const NO_TEXT =
	/\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|psd|svg|woff2?|ttf|otf|eot|mp[34]|m4[av]|mov|webm|ogg|wav|flac|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|class|so|dylib|dll|exe|wasm|node|bin|dat|parquet|onnx|pt|pyc|map|snap|lock)$/i;
/** What is larger is not read in the work tree either (see project/text.ts). */
const LARGEST = 64 * 1024 * 1024;

const MODE_LINK = "120000";
const MODE_SUBMODULE = "160000";

export interface CommitTree {
	/** Absolute, without links in it. */
	readonly root: string;
	/** The files that discovery is to see, relative to the root, sorted. */
	readonly paths: readonly string[];
	/** Takes the folder away. */
	remove(): void;
}

interface Entry {
	readonly path: string;
	readonly id: string;
	readonly mode: string;
	/** Whether discovery sees it. */
	readonly isSearched: boolean;
}

/**
 * Writes what readers may want of the commit's files below `root` to a new folder. Submodules are those of the work tree.
 * @param named paths that the user has named: they are read although they lie in a folder that is not searched
 * @throws Problem if objects are missing in this clone
 */
export async function checkOutBeside(
	root: string,
	commit: string,
	named: readonly string[],
): Promise<CommitTree> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), "schemalign-since-")));
	const remove = (): void => rmSync(folder, { recursive: true, force: true });
	process.once("exit", remove);
	const paths: string[] = [];
	try {
		const entries = await listed(root, commit, named);
		for (const { path } of entries.filter(({ mode }) => mode === MODE_SUBMODULE)) {
			if (!existsSync(join(root, path))) continue;
			link(root, folder, path);
			paths.push(...walkProject(join(root, path)).paths.map((file) => `${path}/${file}`));
		}
		const files = entries.filter(({ mode }) => mode !== MODE_SUBMODULE && mode !== MODE_LINK);
		const missing = await writeFiles(root, folder, files);
		if (missing > 0) throw missingObjects(missing, commit);
		paths.push(...files.filter(({ isSearched }) => isSearched).map(({ path }) => path));
	} catch (error) {
		remove();
		process.off("exit", remove);
		throw error;
	}
	return {
		root: folder,
		paths: paths.sort(),
		remove() {
			remove();
			process.off("exit", remove);
		},
	};
}

/** Makes what lies at `path` in the work tree be in the other folder too. */
export function link(root: string, folder: string, path: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	symlinkSync(join(root, path), join(folder, path));
}

async function listed(root: string, commit: string, named: readonly string[]): Promise<Entry[]> {
	const output = await git(root, ["ls-tree", "-r", "-z", "--long", commit]);
	const skipped: Skipped[] = [];
	const folders = new Set<string>();
	return fields(output).flatMap((line) => {
		const tab = line.indexOf("\t");
		const [mode = "", , id = "", size = "0"] = line.slice(0, tab).split(/ +/);
		const path = line.slice(tab + 1);
		const isSearched = isKept(path, skipped, folders);
		const isNamed = named.some((one) => path === one || path.startsWith(`${one}/`));
		const isReadable = isNamed || (isSearched && !NO_TEXT.test(path) && Number(size) <= LARGEST);
		return isReadable || (isSearched && mode === MODE_SUBMODULE) ? { path, id, mode, isSearched } : [];
	});
}

/** Writes the files; gives how many are not in this clone. */
function writeFiles(root: string, folder: string, entries: readonly Entry[]): Promise<number> {
	if (entries.length === 0) return Promise.resolve(0);
	const known = new Set<string>();
	let missing = 0;
	const reader = new BlobReader((at, content) => {
		const path = entries[at]?.path;
		if (path === undefined) return;
		if (content === undefined) {
			missing++;
			return;
		}
		const file = join(folder, path);
		const parent = dirname(file);
		if (!known.has(parent)) mkdirSync(parent, { recursive: true });
		known.add(parent);
		writeFileSync(file, content);
	});
	return new Promise((resolve, reject) => {
		const child = spawn("git", safely(root, ["cat-file", "--batch", "--buffer"]), {
			env: gitEnvironment(),
			stdio: ["pipe", "pipe", "ignore"],
		});
		child.on("error", reject);
		child.stdin.on("error", () => undefined);
		child.stdout.on("data", (chunk: Buffer) => {
			try {
				reader.push(chunk);
			} catch (error) {
				child.kill();
				reject(error);
			}
		});
		child.on("close", () => resolve(missing + (entries.length - reader.count)));
		child.stdin.end(`${entries.map(({ id }) => id).join("\n")}\n`);
	});
}

function missingObjects(missing: number, commit: string): Problem {
	return new Problem(
		`--since: ${missing} ${missing === 1 ? "file" : "files"} of commit ${commit.slice(0, 9)} ${missing === 1 ? "is" : "are"} not in this clone`,
		"It was made without all contents (`--filter`): fetch that commit whole, or clone without a filter.",
	);
}
