/**
 * What the settings beside a program call its database: the Postgres URL of an `.env` file or its example. Only the name of
 * the database is kept; host, user and password are never read out.
 */
import { dirname } from "node:path";
import type { ProjectFiles } from "@schemalign/core";

const ENV_FILE = /(?:^|\/)\.?env(?:\.(?:example|sample|template|dist|defaults?|local|dev|development))*$/;
const LINE =
	/^\s*(?:export\s+)?(?<variable>[A-Za-z_]\w*)\s*=\s*["']?postgres(?:ql)?(?:\+\w+)?:\/\/(?:.*@)?[\w.-]*(?::[^/\s"']*)?\/(?<name>[\w-]+)/;

/** The databases that the settings of a folder name, by variable. */
export interface FolderSettings {
	readonly folder: string;
	readonly databases: ReadonlyMap<string, string>;
}

/** Never throws: a file that cannot be read tells nothing. */
export async function findSettings(files: ProjectFiles): Promise<FolderSettings[]> {
	const folders = new Map<string, Map<string, string>>();
	for (const path of files.paths().filter((one) => ENV_FILE.test(one))) {
		const text = await files.read(path).catch(() => "");
		const folder = dirname(path) === "." ? "" : dirname(path);
		for (const line of text.split("\n")) {
			const { variable, name } = LINE.exec(line)?.groups ?? {};
			if (variable === undefined || name === undefined) continue;
			const databases = folders.get(folder) ?? new Map<string, string>();
			folders.set(folder, databases.set(variable, name));
		}
	}
	return [...folders].map(([folder, databases]) => ({ folder, databases }));
}

/**
 * The database of the source at `path`: by the variable that it is reached through, if it has one, else the only one that
 * the settings of the innermost folder name.
 */
export function databaseNameOf(
	path: string,
	variable: string | undefined,
	settings: readonly FolderSettings[],
): string | undefined {
	const own = settings
		.filter(({ folder }) => folder === "" || path === folder || path.startsWith(`${folder}/`))
		.sort((a, b) => b.folder.length - a.folder.length)[0];
	const named = variable === undefined ? undefined : own?.databases.get(variable);
	const [only, ...more] = new Set(own?.databases.values());
	return named ?? (more.length === 0 ? only : undefined);
}
