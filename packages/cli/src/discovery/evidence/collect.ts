/** Gathers the traces of deployment: which source is run by what. */
import { baseOf, type Evidence, folderOf, type ProjectFiles, type SourceDescriptor } from "@schemalign/core";
import { type Block, type EvidenceWeight, type Traces, weightier } from "./block.js";
import { mayHoldTraces, tracesIn } from "./files.js";
import { mayRun, mentionedInProgram, mentionedSources, runsSql } from "./mentions.js";
import { candidatePaths, type Places, sourcesAt } from "./places.js";
import { calledScripts } from "./scripts.js";
import { type Command, commandsOf } from "./shell.js";
import { startUpCreation } from "./start-up.js";
import { toolUse } from "./tools.js";

/** How often a script may call another. */
const DEEPEST = 4;
/** Per source: more of the same persuades nobody. */
const MOST = 5;
const WEIGHTS: readonly EvidenceWeight[] = ["deployment", "ci", "local"];

/**
 * Reads package scripts, container files, workflows and deploy scripts for what they run. Never throws: a file that
 * cannot be read leaves no trace.
 */
export async function collectEvidence(
	files: ProjectFiles,
	sources: readonly SourceDescriptor[],
): Promise<Evidence[]> {
	if (sources.length === 0) return [];
	const places: Places = { sources, files };
	const all = await Promise.all(
		files
			.paths()
			.filter(mayHoldTraces)
			.map((path) => readTraces(files, path)),
	);
	const blocks = all.flatMap((traces) => traces.blocks);
	const found = all
		.flatMap((traces) => traces.mounts)
		.flatMap((mount): Evidence[] => {
			const { who: what, weight } = mount;
			const at = { file: mount.file, line: mount.line };
			return mountedSources(places, mount.path, mount.dir).map((source) => ({
				source: source.id,
				weight,
				what,
				at,
			}));
		});
	const search = new Search(places, blocks);
	for (const block of blocks) found.push(...(await search.evidenceOf(block)));
	found.push(...(await startUpCreation(files, sources)));
	return strongest(found);
}

async function readTraces(files: ProjectFiles, path: string): Promise<Traces> {
	try {
		return tracesIn(path, await files.read(path));
	} catch {
		return { blocks: [], mounts: [] };
	}
}

/** A mounted folder runs what lies directly in it. */
function mountedSources(places: Places, path: string, dir: string): SourceDescriptor[] {
	const direct = sourcesAt(places, path, [dir]);
	return direct.length > 0 ? direct : sourcesAt(places, `${path.replace(/\/+$/, "")}/*`, [dir]);
}

interface Trail {
	/** How the trail began: who, and with what weight. */
	readonly who: string;
	readonly weight: EvidenceWeight;
	readonly at: { readonly file: string; readonly line: number } | undefined;
	readonly depth: number;
}

class Search {
	readonly #places: Places;
	readonly #blocks: readonly Block[];

	constructor(places: Places, blocks: readonly Block[]) {
		this.#places = places;
		this.#blocks = blocks;
	}

	evidenceOf(block: Block): Promise<Evidence[]> {
		return this.#follow(block, { who: block.who, weight: block.weight, at: undefined, depth: 0 });
	}

	async #follow(block: Block, trail: Trail): Promise<Evidence[]> {
		const commands = unwrapped(commandsOf(block.lines));
		const usesSql = runsSql(commands);
		const found: Evidence[] = [];
		let dirs = [block.dir];
		for (const command of commands) {
			const [first, target] = command.words;
			if (first === "cd" && target !== undefined) dirs = [...candidatePaths(target, dirs), block.dir];
			else found.push(...(await this.#ofCommand(block, command, dirs, usesSql, trail)));
		}
		return found;
	}

	async #ofCommand(
		block: Block,
		command: Command,
		dirs: readonly string[],
		usesSql: boolean,
		trail: Trail,
	): Promise<Evidence[]> {
		const at = trail.at ?? { file: block.file, line: command.line };
		const tied = (source: SourceDescriptor, weight: EvidenceWeight, how: string): Evidence => ({
			source: source.id,
			weight,
			what: `${trail.who} runs ${how}`,
			at,
		});
		const use = toolUse(this.#places, command, dirs);
		if (use) {
			const weight = isTrial(trail) ? trail.weight : weightier(trail.weight, use.weight ?? "local");
			return use.sources.map((source) => tied(source, weight, shown(command)));
		}
		const mentioned = usesSql ? mentionedSources(this.#places, command, dirs) : [];
		const direct = mentioned.map((source) => tied(source, trail.weight, `it: ${shown(command)}`));
		return [...direct, ...(await this.#called(block, command, dirs, { ...trail, at }))];
	}

	/** What the scripts and programs run that the command starts. */
	async #called(block: Block, command: Command, dirs: readonly string[], trail: Trail): Promise<Evidence[]> {
		if (trail.depth >= DEEPEST || !trail.at || !mayRun(command)) return [];
		const called = calledScripts(this.#places.files, this.#blocks, command, dirs);
		const found: Evidence[] = [];
		for (const next of called.blocks) {
			if (next === block) continue;
			const who = trail.depth === 0 ? `${trail.who} runs ${shown(command)}, which` : trail.who;
			found.push(...(await this.#follow(next, { ...trail, who, depth: trail.depth + 1 })));
		}
		for (const program of called.programs) found.push(...(await this.#ofProgram(program, trail)));
		return found;
	}

	async #ofProgram(program: string, trail: Trail): Promise<Evidence[]> {
		const { who, weight, at } = trail;
		if (!at) return [];
		const own = this.#places.sources.filter(
			(source) => isRunnable(source) && (source.path === program || source.files.includes(program)),
		);
		if (own.length > 0)
			return own.map((source) => ({ source: source.id, weight, what: `${who} runs it`, at }));
		const text = await this.#places.files.read(program).catch(() => "");
		const dirs = [folderOf(program), folderOf(folderOf(program)), ""];
		return mentionedInProgram(this.#places, text, dirs)
			.filter(({ source }) => isRunnable(source))
			.map(({ source, line }) => ({
				source: source.id,
				weight,
				what: `${who} runs ${baseOf(program)}, which names it on line ${line}`,
				at,
			}));
	}
}

/** Models describe, and records are noted: neither is run. */
function isRunnable({ role }: SourceDescriptor): boolean {
	return role !== "model" && role !== "record";
}

/** Whether the trail began in a test or a pipeline that is not a deployment: there even a deploy command is only a trial. */
function isTrial(trail: Trail): boolean {
	return trail.weight === "ci" || /\b(?:test|e2e|ci|dev|local)\b/i.test(trail.who);
}

/** Commands that carry others in one word (`sh -c "…"`, `ssh host "…"`) give those too. */
function unwrapped(commands: readonly Command[]): Command[] {
	return commands.flatMap((command) => {
		const carries = command.words.some((word) =>
			/^(?:.*\/)?(?:sh|bash|ash|zsh|ssh|eval|su|concurrently|-c|-C)$/.test(word),
		);
		const inner = carries ? command.words.slice(1).filter((word) => /\s/.test(word)) : [];
		return [command, ...inner.flatMap((text) => commandsOf([{ text, line: command.line }]))];
	});
}

const LONGEST = 72;

function shown(command: Command): string {
	const text = command.text.replace(/\s+/g, " ").replace(/^(?:(?:then|else|do|if|while|!|\{|\() )+/, "");
	return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}\``;
}

/** The best few for each source, without repetition. */
function strongest(found: readonly Evidence[]): Evidence[] {
	const sorted = [...found].sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
	const counts = new Map<string, number>();
	const seen = new Set<string>();
	return sorted.filter((one) => {
		const key = `${one.source}\n${one.at.file}:${one.at.line}`;
		const count = counts.get(one.source) ?? 0;
		if (seen.has(key) || count >= MOST) return false;
		seen.add(key);
		counts.set(one.source, count + 1);
		return true;
	});
}
