/** Finds lines for what the sandbox tells of classes, properties and names. */
import type { Origin } from "@schemalign/core";
import type { ModuleGraph } from "@schemalign/sandbox";
import type { ClassReport, ColumnReport, EntityReport, PartReport } from "../protocol.js";
import { type ClassPlace, classesIn, type DecoratorPlace, type MemberPlace } from "./classes.js";

const CONSTRAINT =
	/Index|Unique|Check|Exclusion|ForeignKey|JoinColumn|JoinTable|PrimaryColumn|PrimaryGenerated/;

export class Places {
	readonly #graph: ModuleGraph;
	readonly #classes = new Map<number, ReadonlyMap<string, ClassPlace>>();
	readonly #start: Origin;

	constructor(graph: ModuleGraph) {
		this.#graph = graph;
		this.#start = { file: graph.path(graph.entries[0] ?? 0), line: 1 };
	}

	/** Where the source begins. */
	get start(): Origin {
		return this.#start;
	}

	/** The line on which a class is declared. */
	class(of: ClassReport | null): Origin {
		if (!of?.place) return this.#start;
		const found = this.#find(of);
		return found ? this.#at(of, found.line) : this.#graph.origin(of.place, this.#start);
	}

	/** The property's line; where it has none, that of the decorator that speaks of it, or the class's. */
	property(of: ClassReport | null, property: string | null, name?: string): Origin {
		const found = of ? this.#find(of) : undefined;
		if (!of || !found || property === null) return this.class(of);
		const member = found.members.get(property);
		if (member) return this.#at(of, member.line);
		const decorator = found.decorators.find(({ text }) => text.includes(name ?? property));
		return this.#at(of, decorator?.line ?? found.line);
	}

	/** What is written of a property. */
	member(of: ClassReport | null, property: string): MemberPlace | undefined {
		return of ? this.#find(of)?.members.get(property) : undefined;
	}

	column(column: ColumnReport): Origin {
		return this.property(column.of, column.property, column.name);
	}

	/** The line of a key, constraint or index: its decorator's at the class or the property, else the property's. */
	part(part: PartReport, entity: EntityReport, word?: string): Origin {
		for (const of of [part.of, entity.of]) {
			const found = of ? this.#find(of) : undefined;
			if (!of || !found) continue;
			const properties = part.columns.map(
				(name) => entity.columns.find((column) => column.name === name)?.property ?? name,
			);
			const at = bestOf(found.decorators, part, properties, word);
			if (at) return this.#at(of, at.line);
			const member = part.property === null ? undefined : found.members.get(part.property);
			const own = member?.decorators.find((one) => CONSTRAINT.test(one.name) && says(one, part));
			if (member) return this.#at(of, own?.line ?? member.line);
		}
		return this.property(part.of ?? entity.of, part.property);
	}

	#at(of: ClassReport, line: number): Origin {
		return { file: this.#graph.path(of.place?.[0] ?? 0), line };
	}

	#find(of: ClassReport): ClassPlace | undefined {
		if (!of.place) return undefined;
		const [module] = of.place;
		let known = this.#classes.get(module);
		if (!known) {
			known = classesIn(this.#graph.path(module), this.#graph.text(module));
			this.#classes.set(module, known);
		}
		return known.get(of.name);
	}
}

function says(decorator: DecoratorPlace, part: PartReport): boolean {
	return part.given && decorator.text.includes(part.name);
}

/** The class's decorator that has the name, or else all properties, or the text. */
function bestOf(
	decorators: readonly DecoratorPlace[],
	part: PartReport,
	properties: readonly string[],
	word: string | undefined,
): DecoratorPlace | undefined {
	const candidates = decorators.filter(({ name }) => CONSTRAINT.test(name));
	const named = candidates.find((one) => says(one, part));
	if (named) return named;
	const whole = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
	if (properties.length > 0) {
		return candidates.find(({ text }) => properties.every((name) => /^\w+$/.test(name) && whole(text, name)));
	}
	return word === undefined ? undefined : candidates.find(({ text }) => text.includes(word));
}
