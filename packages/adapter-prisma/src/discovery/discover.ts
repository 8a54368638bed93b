/** Which .prisma files make which schemas, and which of them are for Postgres. */
import { posix } from "node:path";
import {
	type DiscoveryInput,
	type DiscoveryResult,
	FileProblem,
	type ProjectFiles,
	type Skipped,
	type SourceDescriptor,
} from "@schemalign/core";
import { scan } from "../text/scan.js";
import { type ConfiguredSchema, configuredSchemas } from "./config.js";
import { providerOf, urlVariable } from "./datasource.js";
import { assemble, hasDatasource, isBelow, isContent, type SchemaText } from "./folders.js";

/** Folders of what is no part of the program: foreign code, tests, what is written to be read or copied. */
const SIDE_FOLDER =
	/(?:^|\/)(node_modules|__fixtures__|fixtures?|__tests__|__mocks__|tests?|testdata|e2e|examples?|samples?|demos?|snippets?|docs?|documentation|templates?|boilerplates?|scaffolds?)\//i;

/** Finds the Prisma schemas of a project. */
export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const skipped: Skipped[] = [];
	const texts: SchemaText[] = [];
	const configured = await configuredSchemas(input.files, input.matched);
	for (const path of input.matched.filter((candidate) => candidate.endsWith(".prisma"))) {
		const why = input.explicit ? undefined : await reasonToSkip(path, input.files, configured);
		if (why) skipped.push({ path, why });
		else texts.push(await readText(path, input.files));
	}
	const { groups, orphans } =
		input.explicit && isOneSchema(texts)
			? { groups: [{ path: input.explicit.path, texts }], orphans: [] }
			: assemble(texts, configured);
	skipped.push(...orphans);
	const sources: SourceDescriptor[] = [];
	for (const group of groups) {
		const verdict = await judge(group, input, configured);
		if ("why" in verdict) skipped.push(verdict);
		else sources.push(verdict);
	}
	return { sources, skipped };
}

/** What the user names is one schema, unless it is a folder that holds several. */
function isOneSchema(texts: readonly SchemaText[]): boolean {
	return texts.length > 0 && texts.filter(hasDatasource).length < 2;
}

async function readText(path: string, files: ProjectFiles): Promise<SchemaText> {
	try {
		const text = await files.read(path);
		return { path, blocks: scan(path, text).blocks };
	} catch (error) {
		const problem = error instanceof FileProblem ? error.message : "it cannot be read";
		return { path, blocks: [], problem };
	}
}

/** A path that is not the project's own schema, whatever is in it. */
async function reasonToSkip(
	path: string,
	files: ProjectFiles,
	configured: readonly ConfiguredSchema[],
): Promise<string | undefined> {
	const side = SIDE_FOLDER.exec(path);
	if (side && !isNamedFromOutside(path, path.slice(0, side.index + side[0].length), configured)) {
		return `below ${side[1]}/: not the project's own schema, and no configuration or script names it`;
	}
	const beside = posix.dirname(path);
	const generated = ["edge.js", "wasm.js", "runtime/library.js", "runtime/client.js"].some((name) =>
		files.has(posix.join(beside, name)),
	);
	return generated ? "a copy that Prisma Client's generator wrote" : undefined;
}

/** Whether a configuration or script that is not itself below the side folder says that this is the schema. */
function isNamedFromOutside(path: string, folder: string, configured: readonly ConfiguredSchema[]): boolean {
	return configured.some(
		(one) => one.isNamed && !one.by.startsWith(folder) && (one.path === path || isBelow(path, one.path)),
	);
}

async function judge(
	group: { path: string; texts: readonly SchemaText[] },
	{ files, explicit }: DiscoveryInput,
	configured: readonly ConfiguredSchema[],
): Promise<SourceDescriptor | Skipped> {
	const skip = (why: string): Skipped => ({ path: group.path, why });
	const blocks = group.texts.flatMap((text) => text.blocks);
	const datasource = blocks.find(({ keyword }) => keyword === "datasource");
	if (!explicit) {
		const problem = group.texts.find((text) => text.problem !== undefined);
		if (!datasource) {
			return skip(problem?.problem ?? "no datasource block says which database this Prisma schema is for");
		}
		if (!blocks.some(isContent)) {
			return skip("a Prisma schema without models");
		}
	}
	if (datasource) {
		const provider = providerOf(datasource);
		if (provider.is === "other") return skip(`a Prisma schema for ${provider.database}`);
		if (provider.is === "open" && !explicit && !(await lockedToPostgres(group.texts, files))) {
			return skip(`a Prisma schema whose database is chosen by ${provider.why}`);
		}
	}
	const own = configured.filter(({ path }) => path === group.path || isBelow(group.path, path));
	const hint = (datasource && urlVariable(datasource)) ?? own.find((one) => one.urlVariable)?.urlVariable;
	const external = own.find((one) => one.external)?.external;
	return {
		id: `prisma:${group.path}`,
		adapter: "prisma",
		role: "model",
		path: group.path,
		files: group.texts.map(({ path }) => path).sort(),
		label: "Prisma schema",
		...(hint ? { databaseHint: hint } : {}),
		options: external ? { external: { ...external } } : {},
	};
}

/** Whether the migrations beside the schema are Postgres's: Prisma writes the provider into their lock file. */
async function lockedToPostgres(texts: readonly SchemaText[], files: ProjectFiles): Promise<boolean> {
	for (const { path } of texts) {
		const lock = posix.join(posix.dirname(path), "migrations/migration_lock.toml");
		if (!files.has(lock)) continue;
		const text = await files.read(lock).catch(() => "");
		return /^\s*provider\s*=\s*"postgres(?:ql)?"/m.test(text);
	}
	return false;
}
