/** Drizzle's modules as the project's code sees them: our copy, with its factories noting where they are called. */
import {
	callPlace,
	makeStub,
	openModule,
	type Place,
	type StubWatcher,
	stubLabel,
} from "@schemalign/sandbox/runtime";
import * as drizzle from "drizzle-orm";
import * as casing from "drizzle-orm/casing";
import * as neon from "drizzle-orm/neon";
import * as pg from "drizzle-orm/pg-core";
import { getPgColumnBuilders } from "drizzle-orm/pg-core/columns/all";
import * as supabase from "drizzle-orm/supabase";
import { placeOf, setPlace } from "./places.js";

type Callable = (...args: unknown[]) => unknown;

const FACTORIES = [
	"decimal",
	"index",
	"uniqueIndex",
	"unique",
	"check",
	"primaryKey",
	"foreignKey",
	"pgPolicy",
	"pgSequence",
	"pgRole",
] as const;

const NAMESPACES: Readonly<Record<string, object>> = {
	"drizzle-orm": drizzle,
	"drizzle-orm/casing": casing,
	"drizzle-orm/neon": neon,
	"drizzle-orm/pg-core": pg,
	"drizzle-orm/supabase": supabase,
};
/** Entry points of Drizzle whose exports the main module also has. */
const PARTS =
	/^drizzle-orm\/(?:sql|relations|utils|table|column|column-builder|entity|view|alias|operations|expressions|subquery)(?:$|[/.])/;

/** Tables in the order in which they were made. */
export const createdTables: object[] = [];
type Noting = (place: Place | null, args: unknown[]) => unknown;
const notings = new WeakMap<object, Noting>();
const wrapped = new Map<object, object>();

/**
 * The namespace that `specifier` names, if it is one of Drizzle's that describe a Postgres schema.
 * @param onForeign told of calls of what this version of Drizzle does not have
 */
export function drizzleNamespace(specifier: string, onForeign: StubWatcher): object | undefined {
	if (specifier === "drizzle-kit")
		return openModule({ defineConfig: (config: unknown) => config }, specifier);
	const path = specifier.replace(/\.(?:js|mjs|cjs)$/, "").replace(/\/index$/, "");
	const source =
		NAMESPACES[path] ??
		(path.startsWith("drizzle-orm/pg-core/") ? pg : PARTS.test(path) ? drizzle : undefined);
	if (!source) return undefined;
	const known = wrapped.get(source);
	if (known) return known;
	const made = wrapNamespace(source, onForeign);
	wrapped.set(source, made);
	return made;
}

/** Whether `value` is a factory of Drizzle's, a column builder, or holds one: then a call with it may make a table. */
export function carriesColumns(value: unknown, depth = 2): boolean {
	if (typeof value === "function") return notings.has(value);
	if (typeof value !== "object" || value === null) return false;
	if (drizzle.is(value, drizzle.ColumnBuilder)) return true;
	if (drizzle.is(value, drizzle.Table) || depth === 0) return false;
	return Object.values(value).some((member) => carriesColumns(member, depth - 1));
}

function wrapNamespace(source: object, onForeign: StubWatcher): object {
	const space: Record<string, unknown> = { ...source };
	if (source === pg) Object.assign(space, instrumented(space));
	const missing = new Map<PropertyKey, object>();
	return new Proxy(space, {
		get(target, key) {
			if (key in target || typeof key === "symbol" || key === "then" || key === "default") {
				return key === "default" ? target : Reflect.get(target, key);
			}
			const known = missing.get(key);
			if (known) return known;
			const stub = makeStub(`drizzle-orm's ${key}`, onForeign);
			missing.set(key, stub);
			return stub;
		},
	});
}

function instrumented(space: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const changed: Record<string, unknown> = { ...notedBuilders };
	for (const name of FACTORIES) changed[name] = notingFactory(space[name]);
	changed.pgEnum = notingEnum(pg.pgEnum);
	changed.pgTable = notingTable(pg.pgTable);
	changed.pgTableCreator = (rename: (name: string) => string) => notingTable(pg.pgTableCreator(rename));
	changed.pgSchema = pgSchema;
	for (const name of ["pgView", "pgMaterializedView"]) changed[name] = notingView(space[name]);
	return changed;
}

/**
 * A function that knows where it is called. The transformed modules give the place of calls of imported functions
 * (see `callAt`); of others the stack tells, which is slow in large modules.
 */
function noting(make: Noting): Callable {
	const wrapper = (...args: unknown[]): unknown => make(callPlace(wrapper), args);
	notings.set(wrapper, make);
	return wrapper;
}

/** The function to call in place of `callee` at `place`. */
export function callAt(place: Place, callee: unknown): unknown {
	const make = typeof callee === "function" ? notings.get(callee) : undefined;
	return make ? (...args: unknown[]) => make(place, args) : callee;
}

/** A factory that remembers where it was called for what it makes. */
function notingFactory(factory: unknown): unknown {
	if (typeof factory !== "function") return factory;
	const wrapper = noting((place, args) => {
		const made: unknown = Reflect.apply(factory, undefined, args);
		setPlace(made, place);
		return made;
	});
	return Object.assign(wrapper, factory);
}

function customType(parameters: Parameters<typeof pg.customType>[0]): unknown {
	return notingFactory(pg.customType(parameters));
}

/** An enum is a function that makes columns: it must stay itself, and note its calls. */
function notingEnum(factory: Callable | typeof pg.pgEnum): unknown {
	return noting((place, args) => {
		const made: unknown = Reflect.apply(factory, undefined, args);
		if (typeof made !== "function") return made;
		const column: Noting = (columnPlace, columnArgs) => {
			const builder: unknown = Reflect.apply(made, undefined, columnArgs);
			setPlace(builder, columnPlace);
			return builder;
		};
		const wrapper = noting(column);
		const type = new Proxy(made, {
			apply: (_made, _self, columnArgs: unknown[]) => Reflect.apply(wrapper, undefined, columnArgs),
		});
		notings.set(type, column);
		setPlace(type, place);
		return type;
	});
}

/** `pgTable` and its like: `(name, columns or (d) => columns, extra)`. */
function notingTable(factory: unknown): unknown {
	if (typeof factory !== "function") return factory;
	const make = tableMaker(factory);
	const secured: Noting = (place, args) => {
		const made = make(place, args);
		const enable: unknown =
			typeof made === "object" && made !== null ? Reflect.get(made, "enableRLS") : undefined;
		return typeof enable === "function" ? Reflect.apply(enable, made, []) : made;
	};
	// Drizzle 1.0 says before what 0.x says behind: `pgTable.withRLS(…)`.
	return Object.assign(noting(make), { withRLS: noting(secured) });
}

// biome-ignore lint/complexity/noBannedTypes: a factory of Drizzle's, of whatever arguments
function tableMaker(factory: Function): Noting {
	return (place, [name, columns, extra]) => {
		const given = typeof columns === "function" && !stubLabel(columns) ? notingColumns(columns) : columns;
		const made: unknown = Reflect.apply(factory, undefined, [name, given, extra]);
		setPlace(made, place);
		if (typeof made === "object" && made !== null) createdTables.push(made);
		return made;
	};
}

// biome-ignore lint/complexity/noBannedTypes: the project's callback, of unknown shape
function notingColumns(callback: Function): Callable {
	return () =>
		Reflect.apply(callback, undefined, [
			new Proxy(notedBuilders, {
				get: (target, key) =>
					typeof key === "symbol" || key in target
						? Reflect.get(target, key)
						: makeStub(`drizzle-orm's column type ${key}`),
			}),
		]);
}

/** A view's builder is not the view: the place goes on to what `as` and `existing` give. */
function notingView(factory: unknown): unknown {
	if (typeof factory !== "function") return factory;
	return noting((place, args) => {
		const builder: unknown = Reflect.apply(factory, undefined, args);
		if (typeof builder !== "object" || builder === null) return builder;
		for (const method of ["as", "existing"]) {
			const original: unknown = Reflect.get(builder, method);
			if (typeof original !== "function") continue;
			Reflect.set(builder, method, (...inner: unknown[]) => {
				const view: unknown = Reflect.apply(original, builder, inner);
				setPlace(view, place);
				return view;
			});
		}
		return builder;
	});
}

const pgSchema = noting((place, [name]) => {
	const schema = pg.pgSchema(String(name));
	const makeEnum = schema.enum;
	setPlace(schema, place);
	const members: Record<string, unknown> = {
		table: notingTable(schema.table),
		view: notingView(schema.view),
		materializedView: notingView(schema.materializedView),
		sequence: notingFactory(schema.sequence),
		enum: notingEnum((...args) => Reflect.apply(makeEnum, schema, args)),
	};
	return Object.assign(schema, members);
});

const notedBuilders: Readonly<Record<string, unknown>> = Object.fromEntries(
	Object.entries(getPgColumnBuilders()).map(([name, builder]) => [
		name,
		name === "customType" ? customType : notingFactory(builder),
	]),
);

/** Lets the place of a constraint's builder pass to what is built of it. */
function passPlaces(): void {
	for (const type of [
		pg.IndexBuilder,
		pg.CheckBuilder,
		pg.UniqueConstraintBuilder,
		pg.PrimaryKeyBuilder,
		pg.ForeignKeyBuilder,
	]) {
		passPlace(type.prototype, "build");
	}
	for (const method of ["on", "onOnly", "using"]) passPlace(pg.IndexBuilderOn.prototype, method);
	passPlace(pg.UniqueOnConstraintBuilder.prototype, "on");
	passPlace(pg.PgColumnBuilder.prototype, "array");
	noteReferences(pg.PgColumnBuilder.prototype);
}

function passPlace(prototype: object, method: string): void {
	const original: unknown = Reflect.get(prototype, method);
	if (typeof original !== "function") return;
	Reflect.set(prototype, method, function passing(this: unknown, ...args: unknown[]) {
		const made: unknown = Reflect.apply(original, this, args);
		setPlace(made, placeOf(this));
		return made;
	});
}

/** The place of a call of a method, as its first argument. */
export class PlaceMark {
	constructor(readonly place: Place) {}
}

/** `.references()` keeps the line on which it stands: that is the foreign key's. */
function noteReferences(prototype: object): void {
	const references: unknown = Reflect.get(prototype, "references");
	const build: unknown = Reflect.get(prototype, "buildForeignKeys");
	if (typeof references !== "function" || typeof build !== "function") return;
	Reflect.set(prototype, "references", function noted(this: object, ...given: unknown[]) {
		const [mark, ...rest] = given;
		const marked = mark instanceof PlaceMark;
		const result: unknown = Reflect.apply(references, this, marked ? rest : given);
		const configs = configsOf(this);
		setPlace(configs[configs.length - 1], marked ? mark.place : callPlace(noted));
		return result;
	});
	Reflect.set(prototype, "buildForeignKeys", function building(this: object, ...args: unknown[]) {
		const keys: unknown = Reflect.apply(build, this, args);
		if (Array.isArray(keys)) {
			for (const [at, config] of configsOf(this).entries()) setPlace(keys[at], placeOf(config));
		}
		return keys;
	});
}

function configsOf(builder: object): readonly unknown[] {
	const configs: unknown = Reflect.get(builder, "foreignKeyConfigs");
	return Array.isArray(configs) ? configs : [];
}

passPlaces();
