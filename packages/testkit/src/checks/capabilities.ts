import { aspectDefinition, type Capabilities, type Entity, isKind, type Json } from "@schemalign/core";
import { expectThat, type FixtureProject } from "../fixture.js";

/** Facets of an entity that are no aspects of their own. */
const FACETS = new Set(["unique.expression", "index.expression", "index.order", "index.nulls"]);

/** What is stated of an aspect that a language cannot write: what Postgres then has. */
const NEUTRAL = new Set<Json>([null, false, "not deferrable", "simple", "permanent"]);

/** Declared "none": never stated. Declared "complete" by aspect: always stated. And only what the model has. */
export async function checkCapabilities({ adapter, read }: FixtureProject): Promise<void> {
	checkNames(adapter.capabilities);
	for (const { capabilities, entities } of (await read()).snapshots) {
		checkNames(capabilities);
		for (const entity of entities) checkEntity(entity, capabilities);
	}
}

function checkNames({ kinds, aspects }: Capabilities): void {
	for (const kind of Object.keys(kinds)) expectThat(isKind(kind), `it declares ${kind}, which is no kind`);
	for (const name of Object.keys(aspects)) {
		const [kind = "", aspect = ""] = name.split(".");
		const known = FACETS.has(name) || (isKind(kind) && aspectDefinition(kind, aspect) !== undefined);
		expectThat(known, `it declares ${name}, which is no aspect`);
		const stateable = isKind(kind) && (kinds[kind] ?? "none") !== "none";
		expectThat(stateable || aspects[name] === "none", `it declares ${name} ${aspects[name]}, but no ${kind}`);
	}
}

function checkEntity(entity: Entity, capabilities: Capabilities): void {
	const coverage = capabilities.kinds[entity.kind] ?? "none";
	expectThat(coverage !== "none", `it declares no ${entity.kind} and states ${entity.address}`);
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		const name = `${entity.kind}.${aspect}`;
		expectThat(aspectDefinition(entity.kind, aspect) !== undefined, `there is no aspect ${name}`);
		// A facet declared "none" (`index.predicate`) may still be stated as empty.
		const says = "unknown" in fact || !isNeutral(fact.value);
		const none = capabilities.aspects[name] === "none";
		expectThat(!none || !says, `it declares ${name} none and states it for ${entity.address}`);
	}
	for (const aspect of completeAspects(entity, capabilities)) {
		expectThat(
			entity.facts[aspect] !== undefined,
			`it declares ${entity.kind}.${aspect} complete and is silent on it for ${entity.address}`,
		);
	}
}

function isNeutral(value: Json): boolean {
	return NEUTRAL.has(value) || (Array.isArray(value) && value.length === 0);
}

function completeAspects(entity: Entity, capabilities: Capabilities): string[] {
	const prefix = `${entity.kind}.`;
	return Object.entries(capabilities.aspects)
		.filter(([name, coverage]) => name.startsWith(prefix) && coverage === "complete")
		.map(([name]) => name.slice(prefix.length))
		.filter((aspect) => aspectDefinition(entity.kind, aspect) !== undefined);
}
