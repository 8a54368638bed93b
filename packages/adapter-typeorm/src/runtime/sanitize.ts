/** Takes out of what was declared all that is made of things that are not part of the project, and remembers it. */
import { stubLabel, UNKNOWN_OPEN } from "@schemalign/sandbox/runtime";
import { type PropertyType, typeKey } from "../protocol.js";
import { foreignType, placeOf } from "./helpers.js";
import { nameOf } from "./metadata.js";
import { schemas, storage } from "./namespaces.js";

/** Something of a class that is not known. */
export interface Unsure {
	readonly target: unknown;
	readonly property: string | null;
	readonly kinds: readonly string[];
	readonly why: string;
}

export interface Sanitized {
	readonly unsure: readonly Unsure[];
	/** Aspects of columns that are not known, by class and property. */
	readonly columns: ReadonlyMap<unknown, ReadonlyMap<string, Record<string, string>>>;
}

type Types = Readonly<Record<string, PropertyType>>;
const CONSTRUCTORS = { String, Number, Boolean, Date };

/** Kinds of entities that a relation may make. */
const RELATION = ["column", "foreignKey", "unique", "index", "primaryKey"];
/** Kinds that properties of a class may make. */
const PROPERTIES = ["column", "foreignKey", "unique", "index", "primaryKey", "check", "exclusion"];

/**
 * Cleans the storage of the round.
 * @param types those of properties that are known from elsewhere
 */
export function sanitize(types: Types): Sanitized {
	const cleaner = new Cleaner(types);
	cleaner.run();
	return cleaner;
}

class Cleaner implements Sanitized {
	readonly unsure: Unsure[] = [];
	readonly #types: Types;
	readonly columns = new Map<unknown, Map<string, Record<string, string>>>();

	constructor(types: Types) {
		this.#types = types;
	}

	run(): void {
		this.#bases();
		this.#columns();
		this.#relations();
		this.#embedded();
		this.#constraints();
	}

	#note(target: unknown, property: string | null, kinds: readonly string[], why: string): void {
		this.unsure.push({ target, property, kinds, why });
	}

	/** A class that extends a foreign one may inherit columns. */
	#bases(): void {
		for (const { target } of storage().tables) {
			for (let base: unknown = target; typeof base === "function"; base = Object.getPrototypeOf(base)) {
				const label = stubLabel(base);
				if (label === undefined) continue;
				if (!/^(?:events|stream|Array|Object)\b/.test(label))
					this.#note(target, null, PROPERTIES, `it extends ${label}, which is not part of the project`);
				break;
			}
		}
	}

	#columns(): void {
		const { columns } = storage();
		for (const { target, propertyName, options } of [...columns]) {
			const unsure: Record<string, string> = {};
			for (const [key, value] of Object.entries(options)) {
				const why = foreignPart(value);
				if (why === undefined) continue;
				this.#option(options, key, why, unsure);
			}
			this.#retype(target, propertyName, options, unsure);
			const type: unknown = options.type;
			const emitted = typeof target === "function" ? foreignType(target.prototype, propertyName) : undefined;
			if (emitted !== undefined && typeof type === "function" && !isPlainType(type)) {
				Object.assign(options, { type: "text" });
				unsure.type = `its type is ${emitted}, which is not part of the project`;
			}
			if (Object.keys(unsure).length === 0) continue;
			const known = this.columns.get(target) ?? new Map<string, Record<string, string>>();
			this.columns.set(target, known.set(propertyName, unsure));
		}
	}

	/** A type that is emitted as Object is not one that TypeORM takes: what it stands for is to be found out. */
	#retype(target: unknown, property: string, options: object, unsure: Record<string, string>): void {
		if (Reflect.get(options, "type") !== Object) return;
		const module = placeOf(target)?.[0];
		const known = module === undefined ? undefined : this.#types[typeKey(module, nameOf(target), property)];
		if (known === undefined) unsure.type = "the property's type does not tell it";
		Object.assign(options, { type: known === undefined ? "text" : CONSTRUCTORS[known] });
	}

	#option(options: object, key: string, why: string, unknown: Record<string, string>): void {
		Reflect.deleteProperty(options, key);
		if (key === "type") {
			Object.assign(options, { type: "text" });
			unknown.type = why;
		} else if (key === "enum" || key === "enumName") {
			if (key === "enum") Object.assign(options, { enum: ["?"] });
			unknown[key === "enum" ? "labels" : "type"] = why;
		} else if (key === "name") unknown.name = why;
		else if (key === "default") unknown.default = why;
		else if (key === "nullable") unknown.nullable = why;
		else if (key === "asExpression") unknown.generated = why;
		else if (["length", "precision", "scale", "array", "spatialFeatureType", "srid"].includes(key))
			unknown.type = why;
	}

	/** A relation to what is not an entity of the project would keep all entities from being read. */
	#relations(): void {
		const { relations, tables } = storage();
		const entities = new Set<unknown>([
			...tables.map((table) => table.target),
			...schemas.map(nameOf),
			...schemas,
		]);
		for (const table of tables) entities.add(nameOf(table.target)).add(table.name);
		for (const relation of [...relations]) {
			const target = resolved(relation.type);
			if (target !== undefined && entities.has(target)) continue;
			relations.splice(relations.indexOf(relation), 1);
			const label = stubLabel(target) ?? (nameOf(target) || "nothing");
			const owning = relation.relationType === "many-to-one" || relation.relationType === "one-to-one";
			const kinds = relation.relationType === "one-to-many" ? [] : owning ? RELATION : ["table"];
			if (kinds.length > 0)
				this.#note(
					relation.target,
					relation.propertyName,
					kinds,
					`its relation is to ${label}, which is not an entity that is read`,
				);
		}
	}

	#embedded(): void {
		const { embeddeds } = storage();
		for (const embedded of [...embeddeds]) {
			const label = stubLabel(resolved(embedded.type));
			if (label === undefined) continue;
			embeddeds.splice(embeddeds.indexOf(embedded), 1);
			const why = `it embeds ${label}, which is not part of the project`;
			this.#note(embedded.target, embedded.propertyName, PROPERTIES, why);
		}
	}

	#constraints(): void {
		const { indices, uniques, checks, exclusions } = storage();
		const clean = <T extends { target: unknown }>(list: T[], kind: string): void => {
			for (const one of [...list]) {
				const why = Object.values(one)
					.map(foreignPart)
					.find((found) => found !== undefined);
				if (why === undefined) continue;
				list.splice(list.indexOf(one), 1);
				this.#note(one.target, null, kind === "index" ? ["index", "unique"] : [kind], why);
			}
		};
		clean(indices, "index");
		clean(uniques, "unique");
		clean(checks, "check");
		clean(exclusions, "exclusion");
	}
}

function isPlainType(type: unknown): boolean {
	return [String, Number, Boolean, Date, Array].some((known) => known === type);
}

function resolved(type: unknown): unknown {
	if (typeof type !== "function" || stubLabel(type) !== undefined) return type;
	try {
		return Reflect.apply(type, undefined, []);
	} catch {
		// A class itself, which cannot be called.
		return type;
	}
}

/** Why a value is not known: it is foreign, or has something foreign in it. */
function foreignPart(value: unknown): string | undefined {
	const label = stubLabel(value) ?? inText(value) ?? inList(value);
	return label === undefined ? undefined : `it depends on ${label}, which is known only at run time`;
}

function inText(value: unknown): string | undefined {
	if (typeof value !== "string" || !value.includes(UNKNOWN_OPEN)) return undefined;
	return value.slice(value.indexOf(UNKNOWN_OPEN) + 1).replace(/[\uE000-\uF8FF].*$/s, "");
}

function inList(value: unknown): string | undefined {
	if (Array.isArray(value)) return value.map((one) => stubLabel(one) ?? inText(one)).find((label) => label);
	if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
		return undefined;
	return Object.values(value)
		.map((one) => stubLabel(one) ?? inText(one))
		.find((label) => label);
}
