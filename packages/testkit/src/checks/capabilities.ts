import { aspectDefinition, type Capabilities, type Entity, type Snapshot } from "@schemalign/core";
import { expectThat, type FixtureProject } from "../fixture.js";

/** Declared "none": never stated. Declared "complete" by aspect: always stated. And only aspects that exist. */
export async function checkCapabilities({ readAll }: FixtureProject): Promise<void> {
	for (const snapshot of await readAll()) {
		for (const entity of snapshot.entities) checkEntity(entity, snapshot);
	}
}

function checkEntity(entity: Entity, { capabilities }: Snapshot): void {
	const coverage = capabilities.kinds[entity.kind] ?? "none";
	expectThat(coverage !== "none", `it declares no ${entity.kind} and states ${entity.address}`);
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		const name = `${entity.kind}.${aspect}`;
		expectThat(aspectDefinition(entity.kind, aspect) !== undefined, `there is no aspect ${name}`);
		// A facet declared "none" (`index.predicate`) may still be stated as empty.
		const says = "unknown" in fact || (fact.value !== null && fact.value !== false);
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

function completeAspects(entity: Entity, capabilities: Capabilities): string[] {
	const prefix = `${entity.kind}.`;
	return Object.entries(capabilities.aspects)
		.filter(([name, coverage]) => name.startsWith(prefix) && coverage === "complete")
		.map(([name]) => name.slice(prefix.length))
		.filter((aspect) => aspectDefinition(entity.kind, aspect) !== undefined);
}
