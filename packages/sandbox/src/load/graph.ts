/** Loads modules with all that they import from the project, transformed to what the sandbox evaluates. */
import { createHash } from "node:crypto";
import { SourceMap, type SourceMapPayload } from "node:module";
import { FileProblem, LineStarts, type Origin, type ProjectFiles } from "@schemalign/core";
import type { Place, SandboxModule } from "../protocol.js";
import { CallMarker } from "./places.js";
import { ImportResolver } from "./resolver.js";

/** A file that could not be loaded, and where. */
export interface LoadProblem {
	readonly at: Origin;
	readonly message: string;
	/** Whether it is the file's own fault: it does not parse. */
	readonly syntax: boolean;
}

/** The modules of one source. */
export interface ModuleGraph {
	readonly modules: readonly SandboxModule[];
	/** The indexes of the files that were asked for. */
	readonly entries: readonly number[];
	readonly problems: readonly LoadProblem[];
	/** SHA-256 of the entries' contents, in their order. */
	readonly contentHash: string;
	/** The line of a place in the original text. */
	origin(place: Place | null, fallback: Origin): Origin;
	/** The path of a module. */
	path(index: number): string;
	/** The original text of a module; empty where it could not be read. */
	text(index: number): string;
	/** The line at or next to `origin` that has one of `words` in it: a chain of calls may be spread over lines. */
	near(origin: Origin, words: readonly string[]): Origin;
	/** Whether a module may declare or pass on a part of the schema, so that its failure leaves a gap. */
	matters(index: number): boolean;
}

/** What an engine wants of the modules that it is asked about. */
export interface LoadOptions {
	/** Specifiers that the engine's program answers itself: they are not looked for in the project. */
	readonly provided: RegExp;
	/** In the code of modules that may declare a part of the schema. */
	readonly relevant: RegExp;
	/** Methods whose calls get their place as an additional first argument. */
	readonly markedMethods?: readonly string[];
	/** Files that are taken as foreign unless they are asked for: parts of the program that declare nothing. */
	readonly aside?: RegExp;
	/** Whether decorators get the types of what they stand at (`emitDecoratorMetadata`). */
	readonly decoratorMetadata?: boolean;
}

/** Beyond this a schema drags in the whole program: what is left is foreign. */
const MOST_MODULES = 3000;
const IMPORT = /^((?:const __vite_ssr_import_\d+__ = )?)await __vite_ssr_import__\(/gm;
const REQUIRE = /\brequire\(\s*["'`]([^"'`\n]+)["'`]\s*\)/g;
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

interface Draft {
	path: string;
	code: string | null;
	json?: string;
	failure?: string;
	imports: Record<string, number>;
	/** From the evaluated code back to the original, step by step. */
	maps: SourceMapPayload[];
}

type Compiler = typeof import("rolldown/experimental");

/** Loads `paths` and their imports. Never throws: what cannot be read or parsed is a problem. */
export async function loadGraph(
	files: ProjectFiles,
	paths: readonly string[],
	options: LoadOptions,
): Promise<ModuleGraph> {
	const compiler = await import("rolldown/experimental");
	const loader = new Loader(files, compiler, options);
	const entries = paths.map((path) => loader.demand(path));
	await loader.drain();
	return new LoadedGraph(loader, entries, options);
}

class Loader {
	readonly drafts: Draft[] = [];
	readonly problems: LoadProblem[] = [];
	readonly #files: ProjectFiles;
	readonly #compiler: Compiler;
	readonly #resolver: ImportResolver;
	readonly #options: LoadOptions;
	readonly #calls: CallMarker;
	readonly #index = new Map<string, number>();
	readonly #texts = new Map<number, string>();
	readonly #queue: number[] = [];

	constructor(files: ProjectFiles, compiler: Compiler, options: LoadOptions) {
		this.#files = files;
		this.#options = options;
		this.#calls = new CallMarker(options.markedMethods ?? []);
		this.#compiler = compiler;
		this.#resolver = new ImportResolver(files, compiler.ResolverFactory);
	}

	demand(path: string): number {
		const known = this.#index.get(path);
		if (known !== undefined) return known;
		const index = this.drafts.length;
		this.#index.set(path, index);
		this.drafts.push({ path, code: null, imports: {}, maps: [] });
		this.#queue.push(index);
		return index;
	}

	/** Loads wave by wave: what one wave imports is the next. */
	async drain(): Promise<void> {
		while (this.#queue.length > 0) {
			await Promise.all(this.#queue.splice(0).map((index) => this.#load(index)));
		}
	}

	/** The texts of the modules by path. */
	get texts(): ReadonlyMap<string, string> {
		return new Map([...this.#texts].map(([index, text]) => [this.drafts[index]?.path ?? "", text]));
	}

	hash(entries: readonly number[]): string {
		const hash = createHash("sha256");
		for (const index of entries) hash.update(this.#texts.get(index) ?? "");
		return hash.digest("hex");
	}

	async #load(index: number): Promise<void> {
		const draft = this.drafts[index];
		if (!draft) return;
		try {
			const text = await this.#files.read(draft.path);
			this.#texts.set(index, text);
			if (draft.path.endsWith(".json")) draft.json = text;
			else await this.#compile(draft, text);
		} catch (error) {
			const message = error instanceof FileProblem ? error.message : `${draft.path} cannot be loaded`;
			this.#problem(draft, message, 1, false);
		}
	}

	async #compile(draft: Draft, text: string): Promise<void> {
		const plain = await this.#compiler.transform(draft.path, text, {
			sourcemap: true,
			lang: languageOf(draft.path),
			target: "node20",
			tsconfig: false,
			decorator: {
				legacy: true,
				emitDecoratorMetadata: this.#options.decoratorMetadata === true,
				// A program in which `string | null` must not count as string says its types in the decorators.
				strictNullChecks: false,
			},
			jsx: { runtime: "classic" },
			helpers: { mode: "External" },
		});
		const error = plain.errors[0];
		if (error && plain.code === "") return this.#refused(draft, text, error);
		const result = await this.#compiler.moduleRunnerTransform(draft.path, plain.code, { sourcemap: true });
		const second = result.errors[0];
		if (second && result.code === "") return this.#refused(draft, text, second);
		draft.code = this.#calls.mark(result.code.replace(/^#!.*/, "").replace(IMPORT, "$1__vite_ssr_import__("));
		// `inputMap` does not join the two maps in this version, so places are looked up in one after the other.
		draft.maps = [result.map, plain.map].flatMap((map) => (map ? [payloadOf(map)] : []));
		const required = [...result.code.matchAll(REQUIRE)].map((match) => match[1] ?? "");
		await this.#link(draft, [...result.deps, ...result.dynamicDeps, ...required]);
	}

	async #link(draft: Draft, specifiers: readonly string[]): Promise<void> {
		for (const specifier of new Set(specifiers)) {
			if (specifier.startsWith("node:") || this.#options.provided.test(specifier)) continue;
			const path = await this.#resolver.resolve(draft.path, specifier);
			if (path === undefined || !(SCRIPT.test(path) || path.endsWith(".json")) || path.endsWith(".d.ts"))
				continue;
			if (!this.#index.has(path) && this.#options.aside?.test(path)) continue;
			if (this.drafts.length < MOST_MODULES || this.#index.has(path))
				draft.imports[specifier] = this.demand(path);
		}
	}

	#refused(draft: Draft, text: string, error: { readonly message: string }): void {
		const position: unknown = Reflect.get(error, "pos");
		const line = typeof position === "number" ? new LineStarts(text).lineOf(position) : 1;
		const first = error.message.split("\n")[0] ?? "";
		this.#problem(draft, first.replace(/^\[\w+\]\s*/, "") || "it does not parse", line, true);
	}

	#problem(draft: Draft, message: string, line: number, syntax: boolean): void {
		draft.failure = message;
		this.problems.push({ at: { file: draft.path, line }, message, syntax });
	}
}

/** How the compiler is to read a file, by its ending. JavaScript may hold JSX. */
export function languageOf(path: string): "ts" | "tsx" | "jsx" {
	if (/\.tsx$/.test(path)) return "tsx";
	return /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
}

class LoadedGraph implements ModuleGraph {
	readonly #parsed = new Map<number, readonly SourceMap[]>();
	readonly #drafts: readonly Draft[];
	readonly #texts: ReadonlyMap<string, string>;
	readonly #lines = new Map<string, readonly string[]>();

	readonly #relevant: RegExp;
	readonly problems: readonly LoadProblem[];
	readonly contentHash: string;

	constructor(
		loader: Loader,
		readonly entries: readonly number[],
		options: LoadOptions,
	) {
		this.#texts = loader.texts;
		this.#drafts = loader.drafts;
		this.problems = loader.problems;
		this.contentHash = loader.hash(entries);
		this.#relevant = options.relevant;
	}

	get modules(): readonly SandboxModule[] {
		return this.#drafts.map(({ maps: _maps, ...module }) => module);
	}

	path(index: number): string {
		return this.#drafts[index]?.path ?? "";
	}

	text(index: number): string {
		return this.#texts.get(this.path(index)) ?? "";
	}

	near(origin: Origin, words: readonly string[]): Origin {
		const lines = this.#linesOf(origin.file);
		for (const step of [0, -1, 1, -2, 2, -3]) {
			const text = lines[origin.line - 1 + step];
			if (text !== undefined && words.some((word) => text.includes(word))) {
				return { file: origin.file, line: origin.line + step };
			}
		}
		return origin;
	}

	#linesOf(file: string): readonly string[] {
		const known = this.#lines.get(file);
		if (known) return known;
		const lines = (this.#texts.get(file) ?? "").split("\n");
		this.#lines.set(file, lines);
		return lines;
	}

	matters(index: number): boolean {
		const code = this.#drafts[index]?.code ?? "";
		return (
			this.entries.includes(index) || this.#relevant.test(code) || code.includes("__vite_ssr_exportAll__")
		);
	}

	origin(place: Place | null, fallback: Origin): Origin {
		const draft = place ? this.#drafts[place[0]] : undefined;
		if (!place || !draft) return fallback;
		let [line, column] = [place[1] - 1, place[2] - 1];
		for (const map of this.#maps(place[0], draft)) {
			const entry = map.findEntry(line, column);
			if (!("originalLine" in entry))
				return { file: draft.path, line: fallback.file === draft.path ? fallback.line : 1 };
			[line, column] = [entry.originalLine, entry.originalColumn];
		}
		return { file: draft.path, line: Math.max(1, line + 1) };
	}

	#maps(index: number, draft: Draft): readonly SourceMap[] {
		const known = this.#parsed.get(index);
		if (known) return known;
		const maps = draft.maps.map((payload) => new SourceMap(payload));
		this.#parsed.set(index, maps);
		return maps;
	}
}

type Mapped = Pick<SourceMapPayload, "mappings" | "names" | "sources"> & { readonly version: number };

function payloadOf(map: Mapped): SourceMapPayload {
	return { file: "", sourceRoot: "", sourcesContent: [], ...map, version: map.version };
}
