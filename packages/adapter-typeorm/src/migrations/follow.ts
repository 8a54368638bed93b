/** Follows the migrations of a source, in TypeORM's order. */
import { type Gap, messageOf, type Origin, type ProjectFiles } from "@schemalign/core";
import { ImportResolver } from "@schemalign/sandbox";
import { Recorder } from "./engine/recorder.js";
import { queryRunner } from "./engine/runner.js";
import { keyName } from "./evaluate/classes.js";
import { globalScope } from "./evaluate/globals.js";
import { Machine } from "./evaluate/machine.js";
import { memberOf } from "./evaluate/members.js";
import { type Module, Modules } from "./evaluate/modules.js";
import {
	Callable,
	ClassValue,
	Exhausted,
	type Foreign,
	Text,
	Thrown,
	Unknown,
	type Value,
} from "./evaluate/values.js";
import { inOrder, timestampOf } from "./order.js";
import { MigrationScript } from "./script.js";

export interface Followed {
	readonly script: MigrationScript;
	readonly gaps: readonly Gap[];
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
	const placeholder = (unknown: Unknown): string => script.placeholderFor(unknown);
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
	for (const migration of inOrder(found)) {
		script.begin(migration.name);
		await run(migration, machine, runner, gap);
	}
	return { script, gaps, texts: (path) => modules.text(path) };
}

/** `typeorm` and its parts, loaded when something of it is used. */
function lazily(load: () => Promise<Foreign>): (specifier: string) => Foreign | undefined {
	const space: Foreign = { foreign: true, member: async (name, at) => (await load()).member(name, at) };
	return (specifier) => (/^typeorm(?:\/|$)/.test(specifier) ? space : undefined);
}

type Complain = (why: string, at: Origin) => void;

/** The classes that a module exports and that have an `up`: those TypeORM makes migrations of. */
async function migrationsIn(module: Module, machine: Machine, gap: Complain): Promise<Found[]> {
	const found: Found[] = [];
	const seen = new Set<Value>();
	for (const [exported, give] of module.exports) {
		const top = { file: module.file.path, line: 1 };
		try {
			const made = await give();
			if (!(made instanceof ClassValue) || made.node.abstract || seen.has(made)) continue;
			seen.add(made);
			const migration = await migrationOf(made, module, machine, gap);
			if (migration) found.push(migration);
		} catch (error) {
			gap(`${exported} cannot be followed: ${reasonOf(error)}`, error instanceof Thrown ? error.at : top);
		}
	}
	return found;
}

async function migrationOf(
	made: ClassValue,
	module: Module,
	machine: Machine,
	gap: Complain,
): Promise<Found | undefined> {
	const { node } = made;
	const at = module.file.at(node.start);
	const own = node.body.body.find((element) => "key" in element && keyName(element.key) === "up");
	const instance = await machine.construct(made, [], at);
	const up = await memberOf(machine, instance, "up", at);
	if (!own && !(up instanceof Callable)) {
		// What extends a class of another package may be a migration by its name.
		if (!(up instanceof Unknown) || timestampOf(made.name) === undefined) return undefined;
	}
	const stated = await memberOf(machine, instance, "name", at);
	const name = stated instanceof Text ? stated.value : made.name;
	if (timestampOf(name) === undefined) {
		gap(
			`the migration ${name || "without a name"} has no timestamp at the end of its name: TypeORM refuses it`,
			at,
		);
		return undefined;
	}
	return { name, file: module.file.path, at, instance, upAt: own ? module.file.at(own.start) : at };
}

async function run(migration: Found, machine: Machine, runner: Foreign, gap: Complain): Promise<void> {
	const { instance, at, upAt } = migration;
	machine.renew();
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
	return messageOf(error);
}
