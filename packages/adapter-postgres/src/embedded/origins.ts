/** Gives what the catalog says the lines that the static reading found. */
import {
	type Entity,
	type Fact,
	kindDefinition,
	type Origin,
	parseAddress,
	qualifiedName,
	type Snapshot,
} from "@schemalign/core";
import type { Discoveries } from "./discoveries.js";

/** Places of entities: what was read, what was seen to come into being, the table's place, the first line. */
export class Places {
	readonly #read = new Map<string, Entity[]>();
	readonly #tables = new Map<string, Origin>();

	constructor(
		read: Snapshot,
		private readonly discoveries: Discoveries,
		private readonly start: Origin,
	) {
		for (const entity of read.entities) {
			this.#read.set(entity.address, [...(this.#read.get(entity.address) ?? []), entity]);
			if (entity.kind === "table") this.#tables.set(entity.address, entity.at);
		}
	}

	/** The entity of the catalog with the places of its like in the scripts. */
	restate(entity: Entity): Entity {
		const written = this.#counterpart(entity);
		const at = written?.at ?? this.#seen(entity);
		const facts = Object.fromEntries(
			Object.entries(entity.facts).map(([aspect, fact]) => [
				aspect,
				restated(fact, written?.facts[aspect], at),
			]),
		);
		return { ...entity, at, facts };
	}

	/** The entity at the same address; of several that do the same, the one of the same name. */
	#counterpart(entity: Entity): Entity | undefined {
		const same = this.#read.get(entity.address) ?? [];
		return same.find((one) => statedIn(one.facts.name) === statedIn(entity.facts.name)) ?? same[0];
	}

	#seen({ kind, address }: Entity): Origin {
		const [schema = "", name = "", own] = parseAddress(address).parts;
		const bare = kind === "function" ? name.replace(/\(.*$/s, "") : name;
		const seen = this.discoveries.placeOf(schema, bare, kind === "column" ? own : undefined);
		if (seen !== undefined) return seen;
		const table =
			kindDefinition(kind).within === "table"
				? this.#tables.get(`table:${qualifiedName(schema, name)}`)
				: undefined;
		return table ?? this.start;
	}
}

function statedIn(fact: Fact | undefined): unknown {
	return fact && "value" in fact ? fact.value : undefined;
}

/** A name that Postgres chose stays one that nobody wrote. */
function restated(fact: Fact, written: Fact | undefined, at: Origin): Fact {
	const place = written?.at ?? at;
	if ("value" in fact && written && "value" in written && written.implied !== undefined)
		return { ...fact, at: place, implied: written.implied };
	return { ...fact, at: place };
}
