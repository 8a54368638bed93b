/** What a file is, by its text alone: fast, and wrong at most about files that declare nothing. */
import { FileProblem, type ProjectFiles } from "@schemalign/core";

export const CODE_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** What a file needs to have in it to be looked at: TypeORM's name, or a decorator that may be TypeORM's. */
export const MARKERS = ["typeorm", "TypeOrm", "Entity(", "@Entity"];

/** TypeORM, a fork of it, or what frameworks add around it. */
const TYPEORM = /^(?:@[\w.-]+\/)?typeorm(?:\/|$)/;
const IMPORT = /\bimport\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*["']([^"'\n]+)["']/g;
const REQUIRE = /\b(?:const|let|var)\s*\{([^}]*)\}\s*=\s*require\(\s*["']([^"'\n]+)["']\s*\)/g;
const WHOLE = /\bimport\s+\*\s+as\s+([\w$]+)\s+from\s*["']([^"'\n]+)["']/g;
const DECORATOR = /(?<![\w$"'`@/*])@(?:([\w$]+)\.)?([\w$]*Entity[\w$]*)\s*\(/g;
const SCHEMA = /\bnew\s+(?:[\w$]+\.)?EntitySchema\b/;
const WRAPPER = /\bexport\s+(?:function|const)\s+([\w$]*Entity[\w$]*)\b/g;
const NATIVE = new Set(["Entity", "ViewEntity", "ChildEntity"]);

export interface ScannedFile {
	readonly path: string;
	readonly text: string;
	/** It imports TypeORM. */
	readonly typeorm: boolean;
	/** It declares entities with TypeORM's own words. */
	readonly declares: boolean;
	/** Decorators of the project's that it uses, and that may be TypeORM's under another name. */
	readonly others: readonly string[];
	/** Functions it exports that may be such decorators. */
	readonly wrappers: readonly string[];
	/** Imported names by what they stand for: the specifier, and the name there. */
	readonly imports: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
}

/** Reads and classifies a file; one that cannot be read tells why. */
export async function scanFile(
	files: ProjectFiles,
	path: string,
): Promise<ScannedFile | { readonly path: string; readonly why: string }> {
	try {
		return classify(path, await files.read(path));
	} catch (error) {
		return { path, why: error instanceof FileProblem ? error.message : "it cannot be read" };
	}
}

function classify(path: string, text: string): ScannedFile {
	const imports = importsIn(text);
	const isTypeorm = (name: string): boolean => TYPEORM.test(imports.get(name)?.from ?? "");
	const decorators = [...text.matchAll(DECORATOR)].map(([, space, name]) => ({ space, name: name ?? "" }));
	const native = decorators.some(({ space, name }) =>
		space === undefined
			? isTypeorm(name) && NATIVE.has(imports.get(name)?.name ?? "")
			: isTypeorm(space) && NATIVE.has(name),
	);
	const typeorm = [...imports.values()].some(({ from }) => TYPEORM.test(from));
	return {
		path,
		text,
		typeorm,
		declares: native || (typeorm && SCHEMA.test(text)),
		others: decorators.map(({ name }) => name).filter((name) => isOwn(imports.get(name)?.from)),
		wrappers: typeorm ? [...text.matchAll(WRAPPER)].map((match) => match[1] ?? "") : [],
		imports,
	};
}

/** Imported from the project itself, as far as the text tells: not from a package that is another ORM's. */
function isOwn(from: string | undefined): boolean {
	return (
		from !== undefined && !TYPEORM.test(from) && !/^(?:@mikro-orm\/|@deepkit\/|type-graphql$)/.test(from)
	);
}

function importsIn(text: string): ScannedFile["imports"] {
	const found = new Map<string, { from: string; name: string }>();
	for (const pattern of [IMPORT, REQUIRE]) {
		for (const [, list = "", from = ""] of text.matchAll(pattern)) {
			for (const item of list.split(",")) {
				const [name = "", alias] = item
					.trim()
					.replace(/^type\s+/, "")
					.split(/\s+as\s+|\s*:\s*/);
				if (name) found.set(alias ?? name, { from, name });
			}
		}
	}
	for (const [, name = "", from = ""] of text.matchAll(WHOLE)) found.set(name, { from, name: "*" });
	return found;
}
