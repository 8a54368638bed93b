/** Reads one Drizzle source: loads its modules, has them evaluated, and states what they declare. */

import { type ExpressionReader, loadExpressions } from "@schemalign/adapter-sql";
import {
	cutName,
	formatAddress,
	type Json,
	qualifiedName,
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
import { DRIZZLE_MODULES, drizzleJob } from "./evaluate.js";
import type { Casing, Report, TableReport } from "./protocol.js";
import { stateObjects } from "./snapshot/objects.js";
import { Scene, schemaName } from "./snapshot/scene.js";
import { statePolicy, stateTable } from "./snapshot/tables.js";

/** Reads a source. Never throws: what cannot be read or evaluated is a gap or a diagnostic. */
export async function readSource(
	source: SourceDescriptor,
	context: ReadContext,
	limits: SandboxLimits = DEFAULT_LIMITS,
): Promise<Snapshot> {
	const head = { ...snapshotHead(source, CAPABILITIES), binding: BINDING };
	return orWholeGap(head, source.files[0] ?? source.path, async () => {
		const graph = await loadGraph(context.files, source.files, DRIZZLE_MODULES);
		const builder = new SnapshotBuilder({ ...head, contentHash: graph.contentHash });
		const job = drizzleJob(graph, { mode: "schema", casing: casingOf(source.options.casing) });
		const [evaluation, expressions] = await Promise.all([
			evaluateModules({ ...job, limits, onStart: context.onWaiting }),
			loadExpressions(),
		]);
		state(builder, expressions, graph, evaluation);
		return builder.build();
	});
}

function casingOf(option: Json | undefined): Casing | null {
	return option === "snake_case" || option === "camelCase" ? option : null;
}

function state(
	builder: SnapshotBuilder,
	expressions: ExpressionReader,
	graph: ModuleGraph,
	evaluation: Evaluation<Report>,
): void {
	const scene = new Scene(builder, expressions, graph);
	const report = evaluation.found;
	stateTrouble(scene, graph, evaluation);
	stateObjects(scene, report);
	const tables = onceEach(scene, report.tables);
	const linkedTo = (table: TableReport) =>
		report.policies.filter((policy) => policy.schema === table.schema && policy.table === table.name);
	for (const table of tables) {
		stateTable(scene, { ...table, policies: [...table.policies, ...linkedTo(table)] });
	}
	const within = new Set(tables.flatMap(linkedTo));
	for (const policy of report.policies) if (!within.has(policy)) statePolicy(scene, policy);
}

/** Drizzle lets one table be mapped by several objects: the fullest stands for it, and the others are told. */
function onceEach(scene: Scene, tables: readonly TableReport[]): TableReport[] {
	const byName = new Map<string, TableReport[]>();
	for (const table of tables) {
		const name = qualifiedName(schemaName(table.schema), cutName(table.name));
		byName.set(name, [...(byName.get(name) ?? []), table]);
	}
	return [...byName].flatMap(([name, same]) => {
		const fullest = same.reduce((best, table) => (table.columns.length > best.columns.length ? table : best));
		const others = same.filter((table) => table !== fullest && shape(table) !== shape(fullest));
		if (others.length > 0) {
			scene.builder.diagnostic({
				code: "table-mapped-twice",
				severity: "low",
				address: formatAddress("table", schemaName(fullest.schema), cutName(fullest.name)),
				message: `${name} is declared ${others.length + 1} times, and differently`,
				why: "Which declaration the database follows depends on which one drizzle-kit and the queries use.",
				help: "Declare the table once and import it.",
				at: scene.at(fullest.place),
				related: others.map((table) => ({ at: scene.at(table.place), note: "another declaration" })),
			});
		}
		return [fullest];
	});
}

function shape(table: TableReport): string {
	return JSON.stringify(table, (key, value) => (key === "place" || key === "alias" ? undefined : value));
}

/** Failures, attempts and problems of the source as a whole. */
function stateTrouble(scene: Scene, graph: ModuleGraph, evaluation: Evaluation<Report>): void {
	const { builder } = scene;
	stateFailures(builder, graph, evaluation, (module) => graph.matters(module));
	for (const problem of evaluation.found.problems) scene.gap(problem);
	for (const suspicion of evaluation.suspicions) scene.gap({ kinds: [], ...suspicion });
	for (const { what, place } of evaluation.attempts) {
		builder.diagnostic({
			code: "module-side-effect",
			severity: "info",
			message: `${what} is called while the schema is loaded; it was not executed`,
			help: "Keep the schema's modules free of side effects, so that tools can load them.",
			at: scene.at(place),
		});
	}
}
