import { type Entity, type Origin, ownName, type ProjectFiles } from "@schemalign/core";
import { expectThat, type FixtureProject } from "../fixture.js";

/** Entities that are named by the user: their line must hold the name, or what the program calls them. */
const NAMED = new Set<string>(["table", "column", "enum", "view"]);

/** Every origin is a line of a file of the project; the origin of a named entity holds its name. */
export async function checkOrigins({ files, readAll }: FixtureProject): Promise<void> {
	const lines = new LineReader(files);
	for (const snapshot of await readAll()) {
		for (const entity of snapshot.entities) {
			const text = await lines.at(entity.at, entity.address);
			if (NAMED.has(entity.kind)) checkName(entity, text);
			for (const fact of Object.values(entity.facts)) await lines.at(fact.at, entity.address);
		}
		for (const gap of snapshot.gaps) if (gap.at) await lines.at(gap.at, gap.under);
		for (const diagnostic of snapshot.diagnostics) await lines.at(diagnostic.at, diagnostic.code);
	}
}

function checkName(entity: Entity, line: string): void {
	const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
	const names = [ownName(entity.address), entity.alias ?? ""].map(plain).filter(Boolean);
	const text = plain(line);
	const holds = names.length === 0 || names.some((name) => text.includes(name));
	expectThat(
		holds,
		`${entity.address} is said to stand in ${entity.at.file}:${entity.at.line}, which reads: ${line.trim()}`,
	);
}

class LineReader {
	readonly #files: ProjectFiles;
	readonly #lines = new Map<string, readonly string[]>();

	constructor(files: ProjectFiles) {
		this.#files = files;
	}

	/** The text of the line; throws if there is no such file or line. */
	async at(origin: Origin, what: string): Promise<string> {
		let lines = this.#lines.get(origin.file);
		if (!lines) {
			expectThat(this.#files.has(origin.file), `${what}: there is no file ${origin.file}`);
			lines = (await this.#files.read(origin.file)).split(/\r\n|\n|\r/);
			this.#lines.set(origin.file, lines);
		}
		const text = lines[origin.line - 1];
		expectThat(text !== undefined, `${what}: ${origin.file} has no line ${origin.line}`);
		return text;
	}
}
