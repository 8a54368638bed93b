/** Follows the migrations of a source, in TypeORM's order. */
import type { Diagnostic, Gap, Origin, ProjectFiles } from "@schemalign/core";
import { ImportResolver } from "@schemalign/sandbox";
import type { ESTree } from "rolldown/utils";
import { queryRunner, Recorder } from "./engine/runner.js";
import { keyName } from "./evaluate/classes.js";
import { globalScope } from "./evaluate/globals.js";
import { Machine } from "./evaluate/machine.js";
import { memberOf } from "./evaluate/members.js";
import { type Module, Modules } from "./evaluate/modules.js";
import { ClassValue, Exhausted, type Foreign, Text, Thrown, Unknown, type Value } from "./evaluate/values.js";
import { inOrder, timestampOf } from "./order.js";
import { MigrationScript } from "./script.js";

export interface Followed {
	readonly script: MigrationScript;
	readonly gaps: readonly Gap[];
	readonly diagnostics: readonly Diagnostic[];
	/** The text of a file that was read. */
	texts(path: string): string;
}

interface Found {
	readonly name: string;
	readonly file: string;
	readonly at: Origin;
	readonly instance: Value;
	readonly upAt: Origin;
}

/** Follows the migration classes that `paths` hold. */
export async function followMigrations(paths: readonly string[], files: ProjectFiles): Promise<Followed> {
	const { ResolverFactory } = await import("rolldown/experimental");
	const script = new MigrationScript();
	const gaps: Gap[] = [];
	const recorder = new Recorder(script, () => machine);
	const placeholder = (unknown: Unknown): string => script.placeholder(unknown);
	const typeorm = lazily(async () => (await recorder.engine).typeormPackage(placeholder));
	const modules: Modules = new Modules(
		files,
		new ImportResolver(files, ResolverFactory),
		typeorm,
		() => machine,
	);
	const machine: Machine = new Machine(
		{
			placeholder,
			opaque: (why, at) => script.wholeGap(why, at),
			require: (from, specifier, at) => modules.namespace(from, specifier, at),
			at: (file, offset) => modules.at(file, offset),
		},
		globalScope(() => machine),
	);
	const gap = (why: string, at: Origin): void => {
		gaps.push({ under: "*", kinds: [], why, at, mayChange: true });
	};
	const found: Found[] = [];
	for (const path of paths) {
		const module = await modules.load(path);
		if (typeof module === "string") gap(`${path} is not read: ${module}`, { file: path, line: 1 });
		else found.push(...(await migrationsIn(module, machine, gap)));
	}
	const runner = queryRunner(recorder);
	for (const migration of inOrder(found)) await run(migration, machine, runner, gap);
	return { script, gaps, diagnostics: [], texts: (path) => modules.text(path) };
}

/** `typeorm` and its parts, loaded when something of it is used. */
function lazily(load: () => Promise<Foreign>): (specifier: string) => Foreign | undefined {
	const space: Foreign = { foreign: true, member: async (name, at) => (await load()).member(name, at) };
	return (specifier) => (/^typeorm(?:\/|$)/.test(specifier) ? space : undefined);
}

type Complain = (why: string, at: Origin) => void;

async function migrationsIn(module: Module, machine: Machine, gap: Complain): Promise<Found[]> {
	const found: Found[] = [];
	for (const node of classesIn(module.file.program)) {
		const at = module.file.at(node.start);
		const up = node.body.body.find((element) => "key" in element && keyName(element.key) === "up");
		if (!up) continue;
		const upAt = module.file.at(up.start);
		try {
			const made = node.id ? await module.scope.read(node.id.name) : await defaultExport(module);
			if (!(made instanceof ClassValue)) continue;
			const instance = await machine.construct(made, [], at);
			const stated = await memberOf(machine, instance, "name", at);
			const name = stated instanceof Text ? stated.value : made.name;
			if (timestampOf(name) === undefined) {
				gap(
					`the migration ${name || "without a name"} has no timestamp at the end of its name: TypeORM refuses it`,
					at,
				);
			} else found.push({ name, file: module.file.path, at, instance, upAt });
		} catch (error) {
			gap(`this migration cannot be followed: ${reasonOf(error)}`, at);
		}
	}
	return found;
}

function defaultExport(module: Module): Promise<Value> | undefined {
	return module.exports.get("default")?.();
}

/** The classes at the top of a module. */
function classesIn(program: ESTree.Program): ESTree.Class[] {
	return program.body.flatMap((node) => {
		const inner =
			node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration"
				? node.declaration
				: node;
		return inner?.type === "ClassDeclaration" ? [inner] : [];
	});
}

async function run(migration: Found, machine: Machine, runner: Foreign, gap: Complain): Promise<void> {
	const { instance, at, upAt } = migration;
	try {
		const up = await memberOf(machine, instance, "up", at);
		if (up instanceof Unknown) gap(`its up() cannot be followed: ${up.why}`, upAt);
		else await machine.call(up, instance, [runner], upAt);
	} catch (error) {
		const place = error instanceof Thrown ? error.at : upAt;
		gap(`this migration is read only up to here: ${reasonOf(error)}`, place);
	}
}

function reasonOf(error: unknown): string {
	if (error instanceof Thrown) return `it throws (${error.message})`;
	if (error instanceof Exhausted) return error.message;
	return error instanceof Error ? error.message : String(error);
}
