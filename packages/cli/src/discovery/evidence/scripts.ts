/** Which scripts of the project a command starts: npm scripts, make targets, shell scripts, programs. */
import { baseOf, folderOf, type ProjectFiles } from "@schemalign/core";
import type { Block } from "./block.js";
import { candidatePaths } from "./places.js";
import type { Command } from "./shell.js";

export interface Called {
	readonly blocks: readonly Block[];
	/** Paths of program files. */
	readonly programs: readonly string[];
}

const NOTHING: Called = { blocks: [], programs: [] };
const INTERPRETER = /^(?:node|tsx|ts-node|ts-node-esm|bun|deno|python|python3|jiti|vite-node|babel-node)$/;
const PROGRAM = /\.(?:[cm]?[jt]s|py)$/;
const SHELL_SCRIPT = /\.(?:sh|bash|zsh)$/;

/** What the command starts, as far as it lies in the project. */
export function calledScripts(
	files: ProjectFiles,
	blocks: readonly Block[],
	command: Command,
	dirs: readonly string[],
): Called {
	const packageScript = packageScriptOf(command.words);
	if (packageScript) return { blocks: npmBlocks(blocks, packageScript, dirs), programs: [] };
	const recipe = recipeOf(command.words);
	if (recipe) return { blocks: recipe.flatMap((name) => recipeBlocks(blocks, name, dirs)), programs: [] };
	const shell = command.words
		.filter((word) => SHELL_SCRIPT.test(word))
		.flatMap((word) => existing(files, word, dirs));
	if (shell.length > 0) return { blocks: blocks.filter((block) => shell.includes(block.file)), programs: [] };
	const at = command.words.findIndex((word) => INTERPRETER.test(baseOf(word)));
	if (at === -1) return NOTHING;
	const program = command.words.slice(at + 1).find((word) => PROGRAM.test(word));
	return program === undefined ? NOTHING : { blocks: [], programs: existing(files, program, dirs) };
}

function existing(files: ProjectFiles, written: string, dirs: readonly string[]): string[] {
	const path = candidatePaths(written, dirs).find((candidate) => files.has(candidate));
	return path === undefined ? [] : [path];
}

interface PackageScript {
	readonly name: string;
	/** The package that `--filter` or `--workspace` names. */
	readonly workspace: string | undefined;
}

/** `npm run x`, `yarn x`, `pnpm --filter api x`, `bun run x`, `turbo run x`. */
function packageScriptOf(words: readonly string[]): PackageScript | undefined {
	const at = words.findIndex((word) => /^(?:npm|yarn|pnpm|bun|turbo)$/.test(baseOf(word)));
	if (at === -1) return undefined;
	let workspace: string | undefined;
	for (let index = at + 1; index < words.length; index++) {
		const word = words[index] ?? "";
		const option = /^(?:--filter|-F|--workspace|-w|--prefix|--cwd|--dir|-C)(?:=(.+))?$/.exec(word);
		if (option) workspace = option[1] ?? words[++index];
		else if (word.startsWith("-") || /^(?:run|run-script)$/.test(word)) continue;
		else if (word === "workspace") workspace = words[++index];
		else return { name: word, workspace };
	}
	return undefined;
}

/** With its `pre` and `post` scripts, of the named or else the nearest package that has it. */
function npmBlocks(blocks: readonly Block[], script: PackageScript, dirs: readonly string[]): Block[] {
	const names = [script.name, `pre${script.name}`, `post${script.name}`];
	const scripts = blocks.filter((block) => baseOf(block.file) === "package.json");
	const having = scripts.filter((block) => block.name === script.name);
	if (having.length === 0) return [];
	const { workspace } = script;
	const folders = [...new Set(having.map((block) => block.dir))];
	const chosen =
		workspace === undefined
			? nearest(folders, dirs[0] ?? "")
			: only(
					folders.filter(
						(dir) => dir === workspace.replace(/^\.\//, "") || baseOf(dir) === baseOf(workspace),
					),
				);
	return scripts.filter((block) => block.dir === chosen && names.includes(block.name ?? ""));
}

function recipeOf(words: readonly string[]): string[] | undefined {
	const at = words.findIndex((word) => /^(?:make|just|task)$/.test(baseOf(word)));
	if (at !== 0) return undefined;
	return words.slice(1).filter((word) => /^[\w.:-]+$/.test(word) && !word.startsWith("-"));
}

function recipeBlocks(blocks: readonly Block[], name: string, dirs: readonly string[]): Block[] {
	const having = blocks.filter(
		(block) => block.name === name && /make|just|Taskfile|\.mk$/i.test(baseOf(block.file)),
	);
	const folder = nearest([...new Set(having.map((block) => block.dir))], dirs[0] ?? "");
	return having.filter((block) => block.dir === folder);
}

/** The folder at or above `dir`, the deepest first; else the only one there is. */
function nearest(folders: readonly string[], dir: string): string | undefined {
	for (let folder = dir; ; folder = folderOf(folder)) {
		if (folders.includes(folder)) return folder;
		if (folder === "") return only(folders);
	}
}

function only(folders: readonly string[]): string | undefined {
	return folders.length === 1 ? folders[0] : undefined;
}
