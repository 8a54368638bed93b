/** Two snapshots of one database as plain data that must be equal. */
import { aspectDefinition, compareText, type Entity, type Json, type Snapshot } from "@schemalign/core";

/** Aspects of which the catalog says more or less than DDL does. */
const NOT_COMPARED = new Set(["extension.version", "extension.schema"]);

export type Model = Record<string, Record<string, Json>>;

/**
 * What the snapshots state, by address and aspect. Where one says "unknown", neither is asked: see
 * {@link unknownsOf} for how much that is.
 */
export function comparable(a: Snapshot, b: Snapshot): [Model, Model] {
	const open = new Set([...unknownsOf(a), ...unknownsOf(b)]);
	return [modelOf(a, open), modelOf(b, open)];
}

/** The facts that are stated as unknown, as `address aspect`. */
export function unknownsOf(snapshot: Snapshot): string[] {
	return snapshot.entities.flatMap((entity) =>
		Object.entries(entity.facts)
			.filter(([, fact]) => "unknown" in fact)
			.map(([aspect]) => `${entity.address} ${aspect}`),
	);
}

function modelOf(snapshot: Snapshot, open: ReadonlySet<string>): Model {
	const model: Model = {};
	const entities = snapshot.entities.map((entity) => ({ entity, facts: factsOf(entity, open) }));
	// Constraints that do the same have one address: they are told apart by their number.
	const order = ({ entity, facts }: (typeof entities)[number]): string =>
		`${entity.address}\u0000${JSON.stringify(Object.entries(facts).sort())}`;
	for (const { entity, facts } of entities.sort((a, b) => compareText(order(a), order(b)))) {
		let address = entity.address;
		for (let copy = 2; address in model; copy++) address = `${entity.address} (${copy})`;
		model[address] = facts;
	}
	return model;
}

function factsOf(entity: Entity, open: ReadonlySet<string>): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		const definition = aspectDefinition(entity.kind, aspect);
		if (!definition || "unknown" in fact || open.has(`${entity.address} ${aspect}`)) continue;
		if (NOT_COMPARED.has(`${entity.kind}.${aspect}`)) continue;
		facts[aspect] = plain(fact.value, definition.equivalence);
	}
	return facts;
}

/** The value without the text as written, which differs by nature. */
function plain(value: Json, equivalence: string): Json {
	if (equivalence === "set" && Array.isArray(value)) return [...value].sort();
	if (value !== null && typeof value === "object" && "canonical" in value && !("order" in value)) {
		return value.canonical ?? null;
	}
	return value;
}

/** The differences of two models, one line each. */
export function differences(a: Model, b: Model): string[] {
	const lines: string[] = [];
	for (const address of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
		const [left, right] = [a[address], b[address]];
		if (!left) lines.push(`only in the catalog: ${address}`);
		else if (!right) lines.push(`only in the reading: ${address}`);
		else {
			for (const aspect of new Set([...Object.keys(left), ...Object.keys(right)])) {
				const [x, y] = [JSON.stringify(left[aspect]), JSON.stringify(right[aspect])];
				if (x !== y) lines.push(`${address} ${aspect}: read ${x}, catalog ${y}`);
			}
		}
	}
	return lines;
}
