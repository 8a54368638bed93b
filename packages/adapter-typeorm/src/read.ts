/** Reads one source of TypeORM entities: has its modules evaluated, and states what TypeORM would build. */
import {
	cutName,
	formatAddress,
	isKind,
	type Json,
	type Origin,
	type ReadContext,
	type Snapshot,
	SnapshotBuilder,
	type SourceDescriptor,
	snapshotHead,
} from "@schemalign/core";
import {
	DEFAULT_LIMITS,
	type Evaluation,
	evaluateModules,
	loadGraph,
	type ModuleGraph,
	orWholeGap,
	type SandboxLimits,
	stateFailures,
} from "@schemalign/sandbox";
import { BINDING, CAPABILITIES } from "./capabilities.js";
import { TYPEORM_MODULES, typeormJob } from "./engine.js";
import type { EntityReport, Report, StrategyReference, TypeormOptions } from "./protocol.js";
import { Places } from "./snapshot/places.js";
import { Restater } from "./snapshot/restate.js";
import { readStatements } from "./snapshot/script.js";
import { propertyTypes } from "./snapshot/types.js";

/** Programs with decorators drag much of themselves along. */
const LIMITS: SandboxLimits = { ...DEFAULT_LIMITS, time: 20_000, patience: 5_000, heap: 1024 };

/** Reads a source. Never throws: what cannot be read or evaluated is a gap or a diagnostic. */
export async function readSource(
	source: SourceDescriptor,
	context: ReadContext,
	limits: SandboxLimits = LIMITS,
): Promise<Snapshot> {
	const head = { ...snapshotHead(source, CAPABILITIES), binding: BINDING };
	return orWholeGap(head, source.files[0] ?? source.path, async () => {
		const strategyFile = textOption(source.options.strategyFile);
		const extra = strategyFile !== null && !source.files.includes(strategyFile) ? [strategyFile] : [];
		const graph = await loadGraph(context.files, [...source.files, ...extra], TYPEORM_MODULES);
		const builder = new SnapshotBuilder({ ...head, contentHash: graph.contentHash });
		const options = optionsOf(source.options, graph, strategyFile);
		const evaluation = await evaluateModules({
			...typeormJob(graph, options),
			limits,
			onStart: context.onWaiting,
		});
		await state(builder, graph, new Set(source.files), evaluation);
		return builder.build();
	});
}

function optionsOf(
	options: Readonly<Record<string, Json>>,
	graph: ModuleGraph,
	strategyFile: string | null,
): TypeormOptions {
	const { uuidExtension } = options;
	return {
		schema: textOption(options.schema),
		entityPrefix: textOption(options.entityPrefix),
		uuidExtension: uuidExtension === "pgcrypto" || uuidExtension === "uuid-ossp" ? uuidExtension : null,
		strategy: strategyOf(options, graph, strategyFile),
		types: propertyTypes(graph),
	};
}

function strategyOf(
	options: Readonly<Record<string, Json>>,
	graph: ModuleGraph,
	file: string | null,
): StrategyReference | null {
	const name = textOption(options.strategy);
	if (name === null) return null;
	const module = graph.modules.findIndex(({ path }) => path === file);
	return { name, from: module >= 0 ? module : (textOption(options.strategyPackage) ?? "") };
}

function textOption(value: Json | undefined): string | null {
	return typeof value === "string" && value !== "" ? value : null;
}

async function state(
	builder: SnapshotBuilder,
	graph: ModuleGraph,
	own: ReadonlySet<string>,
	evaluation: Evaluation<Report>,
): Promise<void> {
	const { found } = evaluation;
	const places = new Places(graph);
	const isOwn = ({ of }: Pick<EntityReport, "of">): boolean =>
		of.place !== null && own.has(graph.path(of.place[0]));
	const entities = found.entities.filter(isOwn);
	stateTrouble(builder, graph, places, evaluation, isOwn);
	const schemas = [...new Set(found.entities.map(({ schema }) => schema))].filter(
		(name) => name !== "public",
	);
	const script = await readStatements(found.statements, schemas);
	const restater = new Restater(builder, places, entities);
	restater.addAll(script.entities);
	for (const { gap, table } of script.gaps) {
		const at: Origin | undefined = table ? restater.tablePlace(...table) : places.start;
		if (at) builder.gap({ ...gap, at });
	}
}

/** Failures of modules, and what is not known of classes. */
function stateTrouble(
	builder: SnapshotBuilder,
	graph: ModuleGraph,
	places: Places,
	evaluation: Evaluation<Report>,
	isOwn: (entity: Pick<EntityReport, "of">) => boolean,
): void {
	stateFailures(builder, graph, evaluation, (module) => graph.entries.includes(module));
	const { problems, refusals, entities } = evaluation.found;
	for (const { of, kinds, why, property } of problems) {
		if (of && !isOwn({ of })) continue;
		const table = entities.find((entity) => entity.of.name === of?.name && isOwn(entity));
		const under = table ? formatAddress("table", cutName(table.schema), cutName(table.table)) : "*";
		builder.gap({ under, kinds: kinds.filter(isKind), why, at: places.property(of, property) });
	}
	for (const { of, message } of refusals) {
		if (of && !isOwn({ of })) continue;
		builder.gap({ under: "*", kinds: [], why: `TypeORM refuses it: ${message}`, at: places.class(of) });
	}
}
