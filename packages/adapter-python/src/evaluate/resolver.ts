/** From the dotted names of imports to files, without an installation: folders stand for `sys.path`. */
import { folderOf } from "@schemalign/core";

/** Modules of the standard library that repositories have files of the same name of. */
const STANDARD = new Set(
	`abc array ast asyncio base64 calendar collections contextlib copy csv dataclasses datetime decimal email enum
	functools hashlib http inspect io itertools json logging math numbers operator os pathlib pickle platform queue random
	re secrets select signal socket sqlite3 ssl statistics string struct subprocess sys tempfile test threading time token
	types typing typing_extensions unittest urllib uuid warnings zoneinfo __future__
	sqlalchemy sqlmodel flask_sqlalchemy pgvector alembic pydantic fastapi flask`.split(/\s+/),
);

export class Resolver {
	readonly #files: ReadonlySet<string>;
	readonly #folders = new Set<string>();
	/** Top-level packages and modules by name, wherever they are. */
	readonly #tops = new Map<string, string[]>();

	constructor(paths: readonly string[]) {
		const python = paths.filter((path) => path.endsWith(".py"));
		this.#files = new Set(python);
		for (const path of python) {
			for (let folder = folderOf(path); folder; folder = folderOf(folder)) {
				if (this.#folders.has(folder)) break;
				this.#folders.add(folder);
			}
		}
		for (const folder of this.#folders) {
			if (!this.#isPackage(folder) || this.#isPackage(folderOf(folder))) continue;
			const name = folder.slice(folder.lastIndexOf("/") + 1);
			this.#tops.set(name, [...(this.#tops.get(name) ?? []), folder]);
		}
	}

	#isPackage(folder: string): boolean {
		return folder !== "" && this.#files.has(`${folder}/__init__.py`);
	}

	/** The file of a module, a folder with a trailing slash for a namespace package, or `undefined`: not in the repository. */
	resolve(from: string, level: number, dotted: string): string | undefined {
		if (level > 0) {
			let folder = folderOf(from);
			for (let up = 1; up < level; up++) folder = folderOf(folder);
			return this.#below(folder, dotted);
		}
		const [top = ""] = dotted.split(".");
		if (STANDARD.has(top)) return undefined;
		let inside: string | undefined;
		for (let folder = folderOf(from); ; folder = folderOf(folder)) {
			for (const root of [folder, join(folder, "src"), join(folder, "lib")]) {
				const found = this.#below(root, dotted);
				if (found === undefined) continue;
				// A folder that is a package is not on sys.path, unless nothing else has the module.
				if (!this.#isPackage(root)) return found;
				inside ??= found;
			}
			if (folder === "") break;
		}
		return inside ?? this.#elsewhere(from, dotted, top);
	}

	/** A package of another project of the same repository, if only one fits, or the nearest. */
	#elsewhere(from: string, dotted: string, top: string): string | undefined {
		const candidates = (this.#tops.get(top) ?? [])
			.map((folder) => ({ folder, found: this.#below(folderOf(folder), dotted) }))
			.filter((candidate) => candidate.found !== undefined)
			.sort((a, b) => shared(from, b.folder) - shared(from, a.folder));
		const [best, second] = candidates;
		if (best && second && shared(from, best.folder) === shared(from, second.folder)) return undefined;
		return best?.found;
	}

	#below(root: string, dotted: string): string | undefined {
		const path = dotted === "" ? root : join(root, dotted.replaceAll(".", "/"));
		if (dotted !== "" && this.#files.has(`${path}.py`)) return `${path}.py`;
		const init = join(path, "__init__.py");
		if (this.#files.has(init)) return init;
		return path !== "" && this.#folders.has(path) ? `${path}/` : undefined;
	}

	/** A module within the package that `path` is the `__init__.py` (or namespace folder) of. */
	submodule(path: string, name: string): string | undefined {
		const folder = path.endsWith("/") ? path.slice(0, -1) : folderOf(path);
		if (!path.endsWith("/") && !path.endsWith("__init__.py")) return undefined;
		return this.#below(folder, name);
	}

	/** The dotted name of a module, from the outermost package that it is in. */
	moduleName(path: string): string {
		const plain = path.replace(/\/?__init__\.py$|\.py$|\/$/, "");
		let root = folderOf(path);
		while (this.#isPackage(root)) root = folderOf(root);
		return plain.slice(root ? root.length + 1 : 0).replaceAll("/", ".");
	}
}

function join(folder: string, name: string): string {
	return folder === "" ? name : `${folder}/${name}`;
}

function shared(a: string, b: string): number {
	const [left, right] = [a.split("/"), b.split("/")];
	let count = 0;
	while (count < left.length && left[count] === right[count]) count++;
	return count;
}
