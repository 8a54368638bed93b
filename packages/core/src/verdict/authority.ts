/** Who holds the truth about a database, before any single disagreement is looked at. */
import type { Evidence } from "../analyze.js";
import { compareText } from "../model/address.js";
import type { Snapshot } from "../model/snapshot.js";

export interface Authority {
	/** The id of the source that holds the truth, or null: each disagreement is decided by majority. */
	readonly source: string | null;
	readonly basis: string;
	/** Every source of the database, in order of standing. */
	readonly order: readonly string[];
}

const WEIGHTS: Readonly<Record<Evidence["weight"], number>> = { deployment: 3, ci: 2, local: 1 };
const ROLES = ["database", "definition", "model", "usage", "record"] as const;

/**
 * The authority after design.md, "Truth": what the config declares; else the database itself where there is one that is not
 * a developer's; else the definition that deployment runs; else the only definition.
 */
export function findAuthority(
	snapshots: readonly Snapshot[],
	evidence: readonly Evidence[],
	declared?: string,
): Authority {
	const order = inOrderOfStanding(snapshots, evidence).map((snapshot) => snapshot.source);
	if (declared !== undefined && order.includes(declared)) {
		return {
			source: declared,
			basis: "the config declares it",
			order: [declared, ...order.filter((source) => source !== declared)],
		};
	}
	const databases = snapshots.filter((snapshot) => snapshot.role === "database");
	const [database] = databases;
	const isCreated = snapshots.some((snapshot) => snapshot.role === "definition");
	if (database && databases.length === 1 && !(isCreated && isDevelopment(database))) {
		const basis =
			database.adapter === "postgres"
				? "it is the running database"
				: "it is the picture of a running database";
		return { source: database.source, basis, order };
	}
	if (databases.length > 1) {
		return {
			source: null,
			basis: `there are ${databases.length} databases; where they differ, the majority of independent sources decides`,
			order,
		};
	}
	return { ...definitionAuthority(snapshots, evidence), order };
}

/** Databases that developers and pipelines make for themselves from the definitions. */
const DEVELOPMENT =
	/(?:^|[^a-z])(?:dev|develop|development|local|localhost|test|testing|ci|preview|sandbox)(?![a-z])/i;

/** Whether a running database is called a developer's: what creates it stands over it. */
function isDevelopment({ adapter, source, path }: Snapshot): boolean {
	return adapter !== "sql" && [source, path].some((name) => DEVELOPMENT.test(name));
}

function definitionAuthority(
	snapshots: readonly Snapshot[],
	evidence: readonly Evidence[],
): { source: string | null; basis: string } {
	const created = snapshots.filter((snapshot) => snapshot.role === "definition");
	// What creates extensions or settings alone knows nothing of the tables that another creates.
	const withTables = created.filter(({ entities }) => entities.some(({ kind }) => kind === "table"));
	const definitions = withTables.length > 0 ? withTables : created;
	const [only] = definitions;
	if (only && definitions.length === 1) {
		const [trace] = evidence.filter((one) => one.source === only.source);
		return {
			source: only.source,
			basis: trace ? traceText(trace) : "it is the only source that creates the database",
		};
	}
	if (!only)
		return { source: null, basis: "no source creates the database: the majority of the models decides" };
	const weights = definitions.map((snapshot) => ({ snapshot, weight: weightOf(snapshot, evidence) }));
	const best = Math.max(...weights.map((one) => one.weight));
	const leaders = weights.filter((one) => one.weight === best);
	const [leader] = leaders;
	if (leader && best > 0 && leaders.length === 1) {
		const trace = strongest(leader.snapshot, evidence);
		return { source: leader.snapshot.source, basis: trace ? traceText(trace) : "deployment runs it" };
	}
	return {
		source: null,
		basis:
			best > 0
				? `${leaders.length} of ${definitions.length} definitions are run alike; the majority decides`
				: `${definitions.length} definitions, and no trace of which one deployment runs; the majority decides`,
	};
}

function traceText(trace: Evidence): string {
	return `${trace.what} (${trace.at.file}:${trace.at.line})`;
}

function strongest(snapshot: Snapshot, evidence: readonly Evidence[]): Evidence | undefined {
	return evidence
		.filter((one) => one.source === snapshot.source)
		.sort((a, b) => WEIGHTS[b.weight] - WEIGHTS[a.weight])[0];
}

function weightOf(snapshot: Snapshot, evidence: readonly Evidence[]): number {
	const trace = strongest(snapshot, evidence);
	return trace ? WEIGHTS[trace.weight] : 0;
}

/** Databases before definitions before models; among them the better evidence, then the larger source. */
function inOrderOfStanding(snapshots: readonly Snapshot[], evidence: readonly Evidence[]): Snapshot[] {
	return [...snapshots].sort(
		(a, b) =>
			ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
			weightOf(b, evidence) - weightOf(a, evidence) ||
			b.entities.length - a.entities.length ||
			compareText(a.path, b.path),
	);
}
