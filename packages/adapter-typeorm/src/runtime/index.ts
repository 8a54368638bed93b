/** The program inside the sandbox: TypeORM's modules for the project's code, and the DDL that TypeORM would run. */
import { type GuestEngine, type Round, serve, stubLabel, thrownText } from "@schemalign/sandbox/runtime";
import type { EntityMetadata, NamingStrategyInterface } from "typeorm/browser";
import type { Problem, Report, StrategyReference, TypeormOptions } from "../protocol.js";
import { statementsOf } from "./ddl.js";
import { describeClass, describeEntities } from "./describe.js";
import { installHelpers, PlaceMark } from "./helpers.js";
import { type Built, buildMetadata } from "./metadata.js";
import { schemas, typeormNamespace } from "./namespaces.js";
import { sanitize } from "./sanitize.js";
import { SnakeNamingStrategy } from "./strategies.js";

const engine: GuestEngine<TypeormOptions, Report> = {
	tolerant: true,

	begin() {
		Reflect.deleteProperty(globalThis, "typeormMetadataArgsStorage");
		schemas.length = 0;
	},

	namespace: typeormNamespace,
	callAt: (_place, callee) => callee,
	mark: (place) => new PlaceMark(place),
	suspicion: () => undefined,

	/** What decorators throw depends on how the project compiles them; what the metadata lacks is among the refusals. */
	refuses: () => false,

	find: findSchema,
	skip() {},
};

async function findSchema(round: Round<TypeormOptions>): Promise<Report> {
	const problems: Problem[] = [];
	const strategy = strategyOf(round, problems);
	const sanitized = sanitize(round.options.types);
	for (const { target, property, kinds, why } of sanitized.unsure) {
		problems.push({ kinds: [...kinds], why, of: describeClass(target), property });
	}
	const built = await buildMetadata(round.options, strategy);
	const definitions = viewDefinitions(built);
	const { statements, unbuilt } = await statementsOf(built.source, round.options.schema ?? "public");
	for (const { metadata, message } of unbuilt) {
		const why = `TypeORM cannot build it: ${message}`;
		problems.push({ kinds: [], why, of: describeClass(metadata.target), property: null });
	}
	return {
		statements,
		entities: describeEntities(built.source, sanitized, definitions),
		problems,
		refusals: built.refused.map(({ message, target }) => ({ message, of: describeClass(target) })),
	};
}

/** The naming strategy that the data source names. */
function strategyOf(round: Round<TypeormOptions>, problems: Problem[]): NamingStrategyInterface | undefined {
	const reference = round.options.strategy;
	if (!reference) return undefined;
	const type = exported(round, reference);
	if (typeof type === "function" && stubLabel(type) === undefined) {
		try {
			const made: unknown = Reflect.construct(type, []);
			if (isStrategy(made)) return made;
		} catch {
			// Told below.
		}
	}
	const why = `names follow ${reference.name} of ${String(reference.from)}, which is not part of the project`;
	problems.push({ kinds: [], why, of: null, property: null });
	return undefined;
}

function exported(round: Round<TypeormOptions>, { from, name }: StrategyReference): unknown {
	if (from === "typeorm-naming-strategies") return SnakeNamingStrategy;
	return typeof from === "number" ? round.modules.load(from)[name] : undefined;
}

function isStrategy(value: unknown): value is NamingStrategyInterface {
	return typeof value === "object" && value !== null && typeof Reflect.get(value, "tableName") === "function";
}

/** Definitions that a function builds are built once, apart: one that cannot be leaves the rest as it is. */
function viewDefinitions({ source }: Built): ReadonlyMap<EntityMetadata, string> {
	const unknown = new Map<EntityMetadata, string>();
	for (const metadata of source.entityMetadatas) {
		if (metadata.tableType !== "view") continue;
		const { expression } = metadata;
		if (typeof expression === "string") continue;
		try {
			const text: unknown = typeof expression === "function" ? expression(source).getQuery() : undefined;
			if (typeof text !== "string" || text === "") throw new Error("it has no text");
			metadata.expression = text;
		} catch (error) {
			metadata.expression = "SELECT 1";
			const why = thrownText(error);
			unknown.set(metadata, `its definition is built by a function: ${why}`.slice(0, 200));
		}
	}
	return unknown;
}

serve(engine);
installHelpers();
