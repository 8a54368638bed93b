/**
 * Gets a script out of the engine even for a schema that Prisma rejects: what it complains of is taken out, in as
 * small a piece as will do, and it is asked again. What was taken out is told, so that it counts as unknown.
 */
import type { Origin } from "@schemalign/core";
import { EngineFailure } from "@schemalign/sandbox/thread";
import { nestingDepth, readAttributes } from "../text/attributes.js";
import type { Block, Line, Scan } from "../text/scan.js";
import { find, isBlockAttribute, readField } from "../text/schema.js";
import { blank, engineFiles, originalLine, type Prepared, type PreparedFile, withNames } from "./prepare.js";
import { type Filters, NO_FILTERS } from "./protocol.js";
import { type Complaint, readComplaints } from "./rejection.js";
import { askEngine, PATIENCE } from "./thread.js";

/** A complaint with its place in the project. */
interface Rejection {
	readonly message: string;
	readonly at: Origin;
}

/** A piece that the script does not speak for. `line`: the line of `block`, or else the whole block. */
export interface Removed {
	readonly block: Block;
	readonly line?: Line;
	/** Only attributes of the field are gone: its column is still there. */
	readonly softened?: boolean;
	readonly why: string;
	readonly at: Origin;
}

export interface Accepted {
	/** The DDL; `undefined` if none could be had. */
	readonly script: string | undefined;
	/** What Prisma says against the schema as it is. */
	readonly rejections: readonly Rejection[];
	readonly removed: readonly Removed[];
	/** Why there is no script. */
	readonly failure?: string;
}

/** Each round takes out what the last one showed; a schema that needs more is given up. */
const ROUNDS = 12;
/** The engine's parser recurses and traps at some thousand brackets. */
const DEEPEST = 100;
/** Of stray lines the engine gets this many: its time grows with the square of its complaints. */
const STRAY_LINES = 50;

/** Asks the engine for the schema's script. Changes the lines of `prepared`. Does not throw. */
export async function accept(
	prepared: Prepared,
	scans: readonly Scan[],
	filters: Filters = NO_FILTERS,
): Promise<Accepted> {
	const surgery = new Surgery(prepared, scans);
	const rejections = surgery.prevent();
	for (let round = 0; round < ROUNDS; round++) {
		let complaints: readonly Complaint[];
		try {
			const answer = await askEngine(engineFiles(prepared), PATIENCE, filters);
			if ("script" in answer) {
				return { script: withNames(answer.script, prepared), rejections, removed: surgery.removed };
			}
			complaints = readComplaints(answer.rejected);
		} catch (error) {
			const failure = error instanceof EngineFailure ? error.message : String(error);
			return { script: undefined, rejections, removed: surgery.removed, failure };
		}
		const located = complaints.map((complaint) => surgery.locate(complaint));
		rejections.push(...located.filter((rejection) => round === 0 || !surgery.caused(rejection)));
		const changes = located.map((rejection) => surgery.take(rejection));
		if (!changes.includes(true)) break;
	}
	const failure = "Prisma rejects the schema, and what is wrong could not be taken out";
	return { script: undefined, rejections, removed: surgery.removed, failure };
}

class Surgery {
	readonly removed: Removed[] = [];
	readonly #files: ReadonlyMap<string, PreparedFile>;
	readonly #blocks: ReadonlyMap<string, readonly Block[]>;
	readonly #scans: readonly Scan[];
	readonly #softened = new Set<string>();
	/** Words for what is gone, or not what it was. */
	readonly #names = new Set<string>();

	constructor(prepared: Prepared, scans: readonly Scan[]) {
		this.#files = new Map(prepared.files.map((file) => [file.path, file]));
		this.#blocks = new Map(scans.map((scan) => [scan.file, scan.blocks]));
		this.#scans = scans;
	}

	/** Takes out what would break the engine or keep it busy. */
	prevent(): Rejection[] {
		const rejections: Rejection[] = [];
		for (const { file, blocks, stray } of this.#scans) {
			for (const { number } of stray.slice(STRAY_LINES)) this.#set(file, number, "");
			for (const block of blocks) {
				if (block.lines[0]?.number === block.line) rejections.push(this.#refuseLine(block));
				for (const line of block.lines) {
					if (line.text.length < DEEPEST || nestingDepth(line.text) <= DEEPEST) continue;
					const at = { file, line: line.number };
					const message = `brackets are nested more than ${DEEPEST} deep`;
					rejections.push({ message, at });
					this.#takeLine(block, line, message);
				}
			}
		}
		return rejections;
	}

	/** A block that begins with more than its header: Prisma takes what follows for something else. */
	#refuseLine(block: Block): Rejection {
		const message = "what a block holds must stand on lines of its own, below `{`";
		if (block.keyword !== "datasource" && block.keyword !== "generator") this.#takeBlock(block, message);
		return { message, at: { file: block.file, line: block.line } };
	}

	locate({ message, file, line }: Complaint): Rejection {
		const known = file === undefined ? undefined : this.#files.get(file);
		if (known && line !== undefined)
			return { message, at: { file: known.path, line: originalLine(known, line) } };
		return { message, at: { file: this.#scans[0]?.file ?? "", line: 1 } };
	}

	/**
	 * Whether the complaint may come from what was taken out: the engine complains in stages, so that later rounds show
	 * both the consequences and what else is wrong.
	 */
	caused({ message, at }: Rejection): boolean {
		const block = this.#blockAt(at);
		const line = block?.lines.find((one) => one.number === at.line)?.text ?? "";
		if (this.#softened.has(`${at.file}:${at.line}`)) return true;
		return `${message} ${line}`.split(/[^\p{L}\p{N}_]+/u).some((word) => this.#names.has(word));
	}

	#blockAt({ file, line }: Origin): Block | undefined {
		return (this.#blocks.get(file) ?? []).find((block) => block.line <= line && line <= block.end);
	}

	/** Takes out what the complaint is about; tells whether anything changed. */
	take({ message, at }: Rejection): boolean {
		const block = this.#blockAt(at);
		if (!block) return this.#set(at.file, at.line, "");
		// To the engine an unclosed block goes on through the next one's header.
		const open = (this.#blocks.get(at.file) ?? []).find((one) => !one.closed && one.end === block.line - 1);
		if (open && this.#takeBlock(open, message)) return true;
		const line = block.lines.find((one) => one.number === at.line);
		if (block.closed && line) return this.#takeLine(block, line, message);
		if (block.closed && /at least one unique criteri/.test(message) && this.#ignore(block)) return true;
		return this.#takeBlock(block, message);
	}

	#takeLine(block: Block, line: Line, why: string): boolean {
		const at = { file: block.file, line: line.number };
		const isModel = block.keyword === "model" || block.keyword === "view";
		// Without its @@map or @@schema it would be another table.
		if (isBlockAttribute(line) && /^\s*@@(map|schema)\b/.test(line.text)) return this.#takeBlock(block, why);
		const soft = isModel && !isBlockAttribute(line) ? soften(line) : undefined;
		const key = `${at.file}:${at.line}`;
		if (soft !== undefined && !/^Type /.test(why) && !this.#softened.has(key)) {
			this.#softened.add(key);
			this.removed.push({ block, line, softened: true, why, at });
			return this.#set(at.file, at.line, soft);
		}
		const changed = this.#set(at.file, at.line, "");
		if (changed) {
			this.removed.push({ block, line, why, at });
			const field = readField("", line);
			if (field) this.#names.add(field.name);
		}
		return changed;
	}

	#takeBlock(block: Block, why: string): boolean {
		const file = this.#files.get(block.file);
		if (!file || file.lines.slice(block.line - 1, block.end).every((line) => line === "")) return false;
		blank(file.lines, block);
		this.#names.add(block.name);
		this.removed.push({ block, why, at: { file: block.file, line: block.line } });
		return true;
	}

	/** Prisma takes a model without a key if it is ignored; the table is the same. */
	#ignore(block: Block): boolean {
		const key = `${block.file}:${block.line}`;
		if (this.#softened.has(key)) return false;
		this.#softened.add(key);
		this.#names.add(block.name);
		return this.#set(block.file, block.end, "  @@ignore\n}");
	}

	#set(file: string, line: number, text: string): boolean {
		const lines = this.#files.get(file)?.lines;
		if (!lines || lines[line - 1] === text) return false;
		lines[line - 1] = text;
		return true;
	}
}

const KEPT = new Set(["id", "unique", "map"]);

/** The field without the attributes that say most of its type and default; `undefined` if there are none. */
function soften(line: Line): string | undefined {
	const field = readField("", line);
	if (!field || find(field.attributes, "relation")) return undefined;
	const attributes = readAttributes(line.text);
	if (attributes.every(({ name }) => KEPT.has(name))) return undefined;
	const head = line.text.slice(0, line.text.indexOf("@"));
	const kept = attributes
		.filter(({ name }) => KEPT.has(name))
		.map(({ name, arguments: args }) => {
			const list = args.map((arg) => (arg.name ? `${arg.name}: ${arg.value}` : arg.value)).join(", ");
			return list ? `@${name}(${list})` : `@${name}`;
		});
	return `${head}${kept.join(" ")}`;
}
