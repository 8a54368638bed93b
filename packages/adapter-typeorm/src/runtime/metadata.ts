/** TypeORM's metadata of all entities of a round; what it refuses is told, and the others are there all the same. */
import { stubLabel, thrownText } from "@schemalign/sandbox/runtime";
import {
	DataSource,
	type DataSourceOptions,
	type EntityMetadata,
	type NamingStrategyInterface,
} from "typeorm/browser";
import { EntityMetadataValidator } from "typeorm/browser/metadata-builder/EntityMetadataValidator.js";
import type { TypeormOptions } from "../protocol.js";
import { schemas, storage } from "./namespaces.js";

/** What TypeORM refuses, with the class or the entity's name that it is about. */
export interface Refused {
	readonly message: string;
	readonly target: unknown;
}

export interface Built {
	readonly source: DataSource;
	readonly refused: readonly Refused[];
}

/** So many classes at most are left out one after the other. */
const MOST_REFUSED = 40;

/** Builds the metadata of everything that was declared. */
export async function buildMetadata(
	options: TypeormOptions,
	strategy: NamingStrategyInterface | undefined,
): Promise<Built> {
	const refused: Refused[] = [];
	const left = new Set<unknown>([...classes(), ...schemas]);
	for (;;) {
		const source = dataSource(options, strategy, [...left]);
		try {
			await withLenientValidation(refused, () => buildOf(source));
			return { source, refused };
		} catch (error) {
			const message = thrownText(error);
			const culprit = culpritOf(message, [...left]) ?? lastOf(left, refused);
			refused.push({ message, target: culprit });
			if (culprit === undefined || refused.length > MOST_REFUSED) {
				return { source: dataSource(options, strategy, []), refused };
			}
			left.delete(culprit);
		}
	}
}

/** Classes that were declared as entities. */
function classes(): unknown[] {
	return [...new Set(storage().tables.map((table) => table.target))].filter(
		(target) => typeof target === "function" && stubLabel(target) === undefined,
	);
}

function lastOf(left: ReadonlySet<unknown>, refused: readonly Refused[]): unknown {
	return refused.length > 5 ? undefined : [...left].at(-1);
}

function dataSource(
	{ schema, entityPrefix, uuidExtension }: TypeormOptions,
	strategy: NamingStrategyInterface | undefined,
	entities: readonly unknown[],
): DataSource {
	const given = {
		type: "postgres",
		driver: {},
		nativeDriver: {},
		logging: false,
		migrationsTransactionMode: "none",
		...(schema === null ? {} : { schema }),
		...(entityPrefix === null ? {} : { entityPrefix }),
		...(uuidExtension === null ? {} : { uuidExtension }),
		...(strategy === undefined ? {} : { namingStrategy: strategy }),
	} as const satisfies DataSourceOptions;
	const made = new DataSource(given);
	Object.assign(made.options, { entities });
	return made;
}

async function buildOf(source: DataSource): Promise<void> {
	const build: unknown = Reflect.get(source, "buildMetadatas");
	if (typeof build === "function") await Reflect.apply(build, source, []);
}

/** What one entity lacks is told, and does not keep the others from being read. */
async function withLenientValidation(refused: Refused[], run: () => Promise<void>): Promise<void> {
	const { prototype } = EntityMetadataValidator;
	const original: unknown = Reflect.get(prototype, "validateMany");
	Object.assign(prototype, {
		validateMany(this: object, all: readonly EntityMetadata[], driver: unknown): void {
			const validate: unknown = Reflect.get(this, "validate");
			if (typeof validate !== "function") return;
			for (const metadata of all) {
				try {
					Reflect.apply(validate, this, [metadata, all, driver]);
				} catch (error) {
					refused.push({ message: thrownText(error), target: metadata.target });
				}
			}
		},
	});
	try {
		await run();
	} finally {
		Object.assign(prototype, { validateMany: original });
	}
}

/** The declared thing that a message names. */
function culpritOf(message: string, declared: readonly unknown[]): unknown {
	const named = declared.map((target) => ({ target, name: nameOf(target) }));
	return named
		.filter(({ name }) => name !== "" && new RegExp(`(?<![\\w$])${literal(name)}(?![\\w$])`).test(message))
		.sort((a, b) => message.indexOf(a.name) - message.indexOf(b.name))[0]?.target;
}

function literal(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A class's name, or that of an entity without a class. */
export function nameOf(target: unknown): string {
	if (typeof target === "function") return target.name;
	if (typeof target === "string") return target;
	if (typeof target !== "object" || target === null) return "";
	const options: unknown = Reflect.get(target, "options");
	return typeof options === "object" && options !== null ? String(Reflect.get(options, "name")) : "";
}
