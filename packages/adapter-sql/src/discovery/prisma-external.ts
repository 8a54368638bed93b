/** The tables that Prisma's configuration leaves to something else: its migrations may refer to them. */
import { FileProblem, type ProjectFiles } from "@schemalign/core";

/** Tables that something else is declared to create, and where that is said. */
export interface Elsewhere {
	/** `accounts` or `auth.users`, as written. */
	readonly tables: readonly string[];
	readonly file: string;
}

const CONFIG = /(^|\/)(?:prisma\.config|\.config\/prisma)\.(?:ts|mts|cts|js|mjs|cjs)$/;
const EXTERNAL = /\btables\s*:\s*\{[^{}]*\bexternal\s*:\s*\[([^\]]*)\]/;

/** What the nearest `prisma.config.*` at or above `folder` lists under `tables.external`. */
export async function externalTables(folder: string, files: ProjectFiles): Promise<Elsewhere | undefined> {
	const above = files
		.paths()
		.flatMap((path) => {
			const root = CONFIG.test(path) ? path.replace(CONFIG, "") : undefined;
			const isAbove = root !== undefined && (root === "" || folder === root || folder.startsWith(`${root}/`));
			return isAbove ? [{ path, depth: root.length }] : [];
		})
		.sort((a, b) => b.depth - a.depth);
	const [nearest] = above;
	if (!nearest) return undefined;
	try {
		const text = (await files.read(nearest.path))
			.replaceAll(/\/\*[\s\S]*?\*\//g, "")
			.replaceAll(/(^|\s)\/\/.*$/gm, "$1");
		const list = EXTERNAL.exec(text)?.[1] ?? "";
		const tables = [...list.matchAll(/["'`]([^"'`$]+)["'`]/g)].map(([, name = ""]) => name);
		return tables.length > 0 ? { tables, file: nearest.path } : undefined;
	} catch (error) {
		if (error instanceof FileProblem) return undefined;
		throw error;
	}
}
