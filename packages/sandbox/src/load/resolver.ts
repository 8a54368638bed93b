/** Where an import leads: a file of the project, or nothing. */
import { dirname, join, posix } from "node:path";
import type { ProjectFiles } from "@schemalign/core";
import type { ResolverFactory } from "rolldown/experimental";
import { candidates, insideProject, type Packages, packageOf, workspacePackages } from "./workspace.js";

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"];
const OPTIONS = {
	extensions: EXTENSIONS,
	conditionNames: ["source", "node", "import", "default"],
	mainFields: ["source", "module", "main"],
	extensionAlias: {
		".js": [".ts", ".tsx", ".js"],
		".mjs": [".mts", ".mjs"],
		".cjs": [".cts", ".cjs"],
		".jsx": [".tsx", ".jsx"],
	},
};
/** Prefixes that frameworks define where the tsconfig that says so is generated, and so not in the repository. */
const USUAL_ALIASES: readonly [RegExp, readonly string[]][] = [
	[/^\$lib(?=\/|$)/, ["src/lib"]],
	[/^(?:@|~|#)\//, ["src/", "", "app/", "server/"]],
	[/^(?:~~|@@)\//, ["", "src/"]],
];

export class ImportResolver {
	readonly #files: ProjectFiles;
	readonly #auto: ResolverFactory;
	readonly #plain: ResolverFactory;
	#packages: Promise<Packages> | undefined;

	constructor(files: ProjectFiles, factory: typeof ResolverFactory) {
		this.#files = files;
		this.#auto = new factory({ ...OPTIONS, tsconfig: "auto" });
		this.#plain = new factory(OPTIONS);
	}

	/** The project file that `specifier` names in the file `from`; `undefined`: it is foreign. */
	async resolve(from: string, specifier: string): Promise<string | undefined> {
		const clean = specifier.replace(/[?#].*$/, "") || specifier;
		const direct = this.#found(this.#auto, from, clean) ?? this.#found(this.#plain, from, clean);
		if (direct || clean.startsWith(".") || clean.startsWith("/")) return direct;
		return (await this.#inWorkspace(clean)) ?? this.#byUsualAlias(from, clean);
	}

	#found(factory: ResolverFactory, from: string, specifier: string): string | undefined {
		try {
			const { path } = factory.resolveFileSync(join(this.#files.root, from), specifier);
			return path === undefined ? undefined : insideProject(this.#files.root, path);
		} catch {
			return undefined;
		}
	}

	async #inWorkspace(specifier: string): Promise<string | undefined> {
		this.#packages ??= workspacePackages(this.#files);
		const target = packageOf(specifier, await this.#packages);
		if (!target) return undefined;
		const manifest = posix.join(target.folder, "package.json");
		// A package may import itself by its name: that is how its `exports` are asked.
		const own =
			this.#found(this.#auto, manifest, specifier) ?? this.#found(this.#auto, manifest, target.inner);
		if (own) return own;
		const inner = target.inner.slice(2);
		const folders = inner ? [inner, `src/${inner}`] : ["index", "src/index", "src"];
		return this.#first(folders.map((path) => posix.join(target.folder, path)));
	}

	#byUsualAlias(from: string, specifier: string): string | undefined {
		for (const [prefix, targets] of USUAL_ALIASES) {
			if (!prefix.test(specifier)) continue;
			for (let folder = dirname(from); ; folder = dirname(folder)) {
				const found = this.#first(
					targets.map((target) => posix.join(folder, specifier.replace(prefix, target))),
				);
				if (found || folder === ".") return found;
			}
		}
		return undefined;
	}

	#first(paths: readonly string[]): string | undefined {
		return paths.flatMap(candidates).find((path) => /\.\w+$/.test(path) && this.#files.has(path));
	}
}
