/** The modules of a repository: how imports find them, loaded on demand. */
import type { Origin, ProjectFiles } from "@schemalign/core";
import { FileProblem } from "@schemalign/core";
import {
	isLibraryPath,
	libraryName,
	libraryPath,
	libraryText,
	libraryTexts,
} from "../libraries/libraries.js";
import type { ParsedModule } from "../syntax/ast.js";
import { parseModule } from "../syntax/parse.js";
import { bindBlock } from "./bind.js";
import { factoryNames } from "./blocks.js";
import { Evaluator, type Importer } from "./evaluator.js";
import type { PythonModule } from "./module.js";
import { Resolver } from "./resolver.js";
import { Scope } from "./scope.js";
import { unknownValue, type Value } from "./values.js";

export interface LoadedFile {
	readonly parsed: ParsedModule;
	readonly text: string;
	/** Functions in it that may make tables when they are called. */
	readonly factories: readonly string[];
}

/** All modules loaded so far. Files are parsed once; namespaces are made anew when further modules were loaded. */
export class Workspace implements Importer {
	readonly #files = new Map<string, LoadedFile | FileProblem>();
	readonly #modules = new Map<string, PythonModule>();
	readonly #needed = new Set<string>();
	readonly #resolver: Resolver;
	#evaluator = new Evaluator(this);

	constructor(private readonly project: ProjectFiles) {
		this.#resolver = new Resolver(project.paths());
	}

	get evaluator(): Evaluator {
		return this.#evaluator;
	}

	/** Reads and parses files that are not yet loaded. */
	async load(paths: Iterable<string>): Promise<void> {
		for (const path of paths) {
			if (this.#files.has(path)) continue;
			try {
				const text = await this.project.read(path);
				this.#files.set(path, loaded(text));
			} catch (error) {
				if (!(error instanceof FileProblem)) throw error;
				this.#files.set(path, error);
			}
		}
	}

	/** The names of all functions in loaded files that may make tables when they are called. */
	factories(): ReadonlySet<string> {
		const own = [...this.#files.values()].flatMap((file) =>
			file instanceof FileProblem ? [] : file.factories,
		);
		return new Set([...own, ...LIBRARY_FACTORIES]);
	}

	file(path: string): LoadedFile | FileProblem | undefined {
		return this.#files.get(path);
	}

	/** Modules that evaluation asked for and that are not loaded. */
	takeNeeded(): string[] {
		const needed = [...this.#needed].sort();
		this.#needed.clear();
		return needed;
	}

	/** Forgets what was evaluated, not what was parsed. */
	restart(): void {
		this.#modules.clear();
		const { isAtLeast } = this.#evaluator;
		this.#evaluator = new Evaluator(this);
		this.#evaluator.isAtLeast = isAtLeast;
	}

	/** The module at `path`; `undefined` if it is not loaded or cannot be read. */
	module(path: string): PythonModule | undefined {
		const known = this.#modules.get(path);
		if (known) return known;
		const file = this.#files.get(path);
		if (!file) {
			this.#needed.add(path);
			return undefined;
		}
		if (file instanceof FileProblem) return undefined;
		const module = this.#create(path, file.parsed, file.text);
		this.#modules.set(path, module);
		bindBlock(file.parsed.body, module.scope, this.#evaluator);
		return module;
	}

	#create(path: string, parsed: ParsedModule, text = ""): PythonModule {
		let lines: readonly string[] | undefined;
		const module: PythonModule = {
			path,
			name: libraryName(path) ?? this.#resolver.moduleName(path),
			parsed,
			get scope(): Scope {
				return scope;
			},
			patches: [],
			uses: new Set(),
			line: (line) => {
				lines ??= text.split("\n");
				return lines[line - 1] ?? "";
			},
			export: (name) => scope.own(name),
		};
		const scope = new Scope(module);
		return module;
	}

	importModule(from: PythonModule, level: number, dotted: string, at: Origin): Value {
		const target = this.#resolver.resolve(from.path, level, dotted);
		if (target === undefined) {
			const library = level === 0 ? this.#library(dotted) : undefined;
			if (library) return { is: "module", module: library, at };
			return { is: "external", path: level > 0 ? `${".".repeat(level)}${dotted}` : dotted, at };
		}
		return this.#moduleValue(from, target, at);
	}

	importName(from: PythonModule, level: number, dotted: string, name: string, at: Origin): Value {
		const target = this.#resolver.resolve(from.path, level, dotted);
		if (target === undefined) {
			const library = level === 0 ? this.#library(dotted) : undefined;
			if (library) return library.export(name) ?? this.#ofLibrary(library, name, at);
			const prefix = level > 0 ? ".".repeat(level) : "";
			return { is: "external", path: dotted ? `${prefix}${dotted}.${name}` : `${prefix}${name}`, at };
		}
		const value = this.#moduleValue(from, target, at);
		if (value.is !== "module") return value;
		// `from . import settings` in the package's own `__init__.py` means the submodule.
		const own = value.module === from ? this.submodule(from, name, at) : undefined;
		if (own) return own;
		return (
			value.module.export(name) ??
			this.submodule(value.module, name, at) ??
			unknownValue(`${name} is not defined in ${value.module.path}`, at)
		);
	}

	submodule(module: PythonModule, name: string, at: Origin): Value | undefined {
		if (isLibraryPath(module.path)) return this.#ofLibrary(module, name, at);
		const path = this.#resolver.submodule(module.path, name);
		return path === undefined ? undefined : this.#moduleValue(module, path, at);
	}

	#moduleValue(from: PythonModule, path: string, at: Origin): Value {
		if (path.endsWith("/")) return { is: "module", module: this.#namespace(path), at };
		from.uses.add(path);
		const module = this.module(path);
		if (module) return { is: "module", module, at };
		const file = this.#files.get(path);
		if (file instanceof FileProblem) return unknownValue(file.message, at);
		return { is: "unknown", why: `${path} is not read yet`, at, pending: true };
	}

	/** A folder without `__init__.py`: a package that only has submodules. */
	#namespace(path: string): PythonModule {
		const known = this.#modules.get(path);
		if (known) return known;
		const module = this.#create(path, { body: [], errors: [] });
		this.#modules.set(path, module);
		return module;
	}

	/** What is known of a library's module. */
	#library(dotted: string): PythonModule | undefined {
		const text = libraryText(dotted);
		if (text === undefined) return undefined;
		const path = libraryPath(dotted);
		if (!this.#files.has(path)) this.#files.set(path, loaded(text));
		return this.module(path);
	}

	/** A name of a library's module that nothing is known about, or a module below it. */
	#ofLibrary(module: PythonModule, name: string, at: Origin): Value {
		const path = `${module.name}.${name}`;
		const inner = this.#library(path);
		return inner ? { is: "module", module: inner, at } : { is: "external", path, at };
	}
}

const LIBRARY_FACTORIES = libraryTexts().flatMap(factoryNames);

function loaded(text: string): LoadedFile {
	return { text, parsed: parseModule(text), factories: factoryNames(text) };
}
