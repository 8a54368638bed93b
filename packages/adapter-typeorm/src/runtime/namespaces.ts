/** TypeORM's modules as the project's code sees them: our copy, in which nothing connects. */
import { callPlace, makeStub } from "@schemalign/sandbox/runtime";
import * as typeorm from "typeorm/browser";
import { setPlace } from "./helpers.js";
import { SnakeNamingStrategy } from "./strategies.js";

/** Entities without classes, in the order in which they were made. */
export const schemas: object[] = [];
/** The access methods of indexes (TypeORM 1.1), by what the index decorator left in the storage. */
export const methods = new WeakMap<object, string>();

/** What the classes of this round declared so far. */
export function storage(): ReturnType<typeof typeorm.getMetadataArgsStorage> {
	return typeorm.getMetadataArgsStorage();
}

const cache = new Map<string, object>();

/** The namespace that `specifier` names, if it is TypeORM's, a fork's, or a naming strategy's. */
export function typeormNamespace(specifier: string): object | undefined {
	if (specifier.startsWith("reflect-metadata")) return {};
	if (specifier === "typeorm-naming-strategies") return withMissing({ SnakeNamingStrategy }, specifier);
	const known = cache.get(specifier);
	if (known) return known;
	const fork = /^(?:@([\w.-]+)\/)?typeorm(?:\/(.*))?$/.exec(specifier);
	if (!fork) return undefined;
	// What Nest adds around TypeORM declares nothing.
	const made =
		fork[1] === "nestjs" ? makeStub(specifier) : withMissing({ ...typeorm, ...changed() }, specifier);
	cache.set(specifier, made);
	return made;
}

/** Members that this version of TypeORM does not have are inert; so are its deep modules' own. */
function withMissing(members: Readonly<Record<string, unknown>>, specifier: string): object {
	const missing = makeStub(specifier);
	const space: object = new Proxy(members, {
		get(target, key) {
			if (key === "then" || typeof key === "symbol") return Reflect.get(target, key);
			if (key === "default") return space;
			return key in target ? Reflect.get(target, key) : Reflect.get(missing, key);
		},
	});
	return space;
}

function changed(): Record<string, unknown> {
	return {
		DataSource: unconnected("DataSource"),
		Connection: unconnected("Connection"),
		createConnection: async () => makeStub("createConnection()"),
		createConnections: async () => [],
		getConnection: makeStub("getConnection"),
		getConnectionManager: makeStub("getConnectionManager"),
		getConnectionOptions: async () => ({}),
		getManager: makeStub("getManager"),
		getRepository: makeStub("getRepository"),
		getCustomRepository: makeStub("getCustomRepository"),
		createQueryBuilder: makeStub("createQueryBuilder"),
		EntitySchema: new Proxy(typeorm.EntitySchema, { construct: notingSchema }),
		Index: notingIndex,
	};
}

/** A data source whose calls do nothing, and whose promises are kept. */
function unconnected(name: string): object {
	const inert = makeStub(name);
	class Unconnected {}
	return new Proxy(Unconnected, {
		construct(_target, [options]) {
			const members: Record<string, unknown> = { options };
			const made: object = new Proxy(members, {
				get(target, key) {
					if (key in target || typeof key === "symbol") return Reflect.get(target, key);
					return SETTLED.test(key) ? async () => made : Reflect.get(inert, key);
				},
			});
			return made;
		},
	});
}

/** Methods that programs wait for. */
const SETTLED = /^(?:initialize|connect|destroy|close|synchronize|runMigrations|query)$/;

/** An entity without a class is found where it is made. */
function notingSchema(target: typeof typeorm.EntitySchema, args: unknown[], newTarget: unknown): object {
	const made: object = Reflect.construct(target, args, typeof newTarget === "function" ? newTarget : target);
	setPlace(made, callPlace(notingSchema));
	schemas.push(made);
	return made;
}

/** `@Index`, with the access method that later versions of TypeORM know. */
function notingIndex(...args: unknown[]): unknown {
	const decorator: unknown = Reflect.apply(typeorm.Index, undefined, args);
	const type = args
		.filter((arg) => typeof arg === "object" && arg !== null && !Array.isArray(arg))
		.map((options): unknown => Reflect.get(options ?? {}, "type"))
		.find((given) => typeof given === "string");
	if (typeof decorator !== "function" || typeof type !== "string") return decorator;
	return (...target: unknown[]): void => {
		Reflect.apply(decorator, undefined, target);
		const made = storage().indices.at(-1);
		if (made) methods.set(made, type);
	};
}
