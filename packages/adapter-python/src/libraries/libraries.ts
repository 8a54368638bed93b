/**
 * What is known of libraries that bring columns: their base classes and mixins, put down as Python of our own that is
 * evaluated like the repository's. Everything else of a library stays a name.
 */
import { ADVANCED_ALCHEMY } from "./advanced-alchemy.js";
import { AUTHLIB } from "./authlib.js";
import { FASTAPI_USERS } from "./fastapi-users.js";
import { FLASK } from "./flask.js";
import { SQLALCHEMY_UTILS } from "./sqlalchemy-utils.js";

/** Python by the dotted name of the module. */
export type Library = Readonly<Record<string, string>>;

const MODULES: ReadonlyMap<string, string> = new Map(
	[ADVANCED_ALCHEMY, AUTHLIB, FASTAPI_USERS, FLASK, SQLALCHEMY_UTILS].flatMap((library) =>
		Object.entries(library),
	),
);
const PREFIX = "library:";

/** The Python of a library's module; `undefined`: nothing is known of it. */
export function libraryText(dotted: string): string | undefined {
	return MODULES.get(dotted);
}

/** All that is known, once each. */
export function libraryTexts(): string[] {
	return [...new Set(MODULES.values())];
}

/** Stands for the path of a library's module, which is no file of the repository. */
export function libraryPath(dotted: string): string {
	return `${PREFIX}${dotted}`;
}

export function isLibraryPath(path: string): boolean {
	return path.startsWith(PREFIX);
}

/** The dotted name of a library's module; `undefined`: the path is a file. */
export function libraryName(path: string): string | undefined {
	return isLibraryPath(path) ? path.slice(PREFIX.length) : undefined;
}
