import {
	type Entity,
	type Origin,
	ownName,
	type ProjectFiles,
	type Snapshot,
	tableOf,
} from "@schemalign/core";
import { expectThat, type FixtureProject } from "../fixture.js";

/** Entities that are named by the user: their line must hold the name, or what the program calls them. */
const NAMED = new Set<string>([
	"table",
	"column",
	"enum",
	"view",
	"function",
	"trigger",
	"policy",
	"sequence",
]);

/** Every origin is a line of a file of the project; the origin of a named entity holds its name. */
export async function checkOrigins({ files, fixture, read }: FixtureProject): Promise<void> {
	const lines = new LineReader(files);
	for (const snapshot of (await read()).snapshots) {
		await checkPlaces(snapshot, files);
		for (const entity of snapshot.entities) {
			const written = !fixture.impliedTables?.includes(tableOf(entity.address));
			if (written && NAMED.has(entity.kind)) checkName(entity, await lines.at(entity.at, entity.address));
		}
	}
}

/** Every origin of the snapshot is a line of a file of the project. */
export async function checkPlaces(snapshot: Snapshot, files: ProjectFiles): Promise<void> {
	const lines = new LineReader(files);
	for (const entity of snapshot.entities) {
		await lines.at(entity.at, entity.address);
		for (const fact of Object.values(entity.facts)) await lines.at(fact.at, entity.address);
	}
	for (const gap of snapshot.gaps) if (gap.at) await lines.at(gap.at, `the gap under ${gap.under}`);
	for (const { at, code, related } of snapshot.diagnostics) {
		for (const origin of [at, ...(related ?? []).map((one) => one.at)]) await lines.at(origin, code);
	}
}

function checkName(entity: Entity, line: string): void {
	const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
	const names = [ownName(entity.address).replace(/\(.*\)$/s, ""), entity.alias ?? ""].map(plain);
	const text = plain(line);
	const holds = names.some((name) => name !== "" && text.includes(name));
	expectThat(
		holds || names.every((name) => name === ""),
		`${entity.address} is said to stand in ${entity.at.file}:${entity.at.line}, which reads: ${line.trim()}`,
	);
}

class LineReader {
	readonly #files: ProjectFiles;
	readonly #lines = new Map<string, readonly string[]>();

	constructor(files: ProjectFiles) {
		this.#files = files;
	}

	/** The text of the line; throws if there is no such file or line. A file that is no text has one. */
	async at(origin: Origin, what: string): Promise<string> {
		let lines = this.#lines.get(origin.file);
		if (!lines) {
			expectThat(this.#files.has(origin.file), `${what}: there is no file ${origin.file}`);
			const text = await this.#files.read(origin.file).catch(() => "");
			lines = text.split(/\r\n|\n|\r/);
			this.#lines.set(origin.file, lines);
		}
		const text = lines[origin.line - 1];
		expectThat(text !== undefined, `${what}: ${origin.file} has no line ${origin.line}`);
		return text;
	}
}
