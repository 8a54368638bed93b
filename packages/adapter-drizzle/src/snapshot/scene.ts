/** What the parts of the snapshot share: where to write, how to read expressions, where places are. */

import type { ExpressionReader } from "@schemalign/adapter-sql";
import {
	cutName,
	type ExpressionContext,
	type ExpressionValue,
	formatAddress,
	implied,
	isKind,
	type Kind,
	type Origin,
	type SnapshotBuilder,
	type Stated,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import { type ModuleGraph, type Place, unknownPart } from "@schemalign/sandbox";
import type { Problem } from "../protocol.js";

/** Where the places of a report are: in a graph of modules, or in one file. */
export type Places = Pick<ModuleGraph, "origin" | "near" | "path" | "entries">;

/** The columns of this source's tables with their types, by schema and name. */
type KnownTables = (
	schema: string | undefined,
	name: string,
) => Readonly<Record<string, TypeValue>> | undefined;

export class Scene {
	/** What queries within views and policies read. */
	relation: KnownTables = () => undefined;

	constructor(
		readonly builder: SnapshotBuilder,
		readonly expressions: ExpressionReader,
		readonly graph: Places,
	) {}

	/** The line of a place; where there is none, the source's first file. */
	at(place: Place | null, fallback?: Origin): Origin {
		return this.graph.origin(
			place,
			fallback ?? { file: this.graph.path(this.graph.entries[0] ?? 0), line: 1 },
		);
	}

	expression(sql: string, context: ExpressionContext): Stated<ExpressionValue> {
		const why = unknownPart(sql);
		return why ? unknown(why) : stated(this.expressions.read(sql, context));
	}

	/** A constraint's or index's name, stated or made by Drizzle. */
	name(name: { text: string; implied: boolean }): Stated<string> {
		const why = unknownPart(name.text);
		if (why) return unknown(why);
		return name.implied
			? implied(cutName(name.text), "the name that Drizzle makes up")
			: stated(cutName(name.text));
	}

	/** Reports a problem that concerns `table`, or everything where there is none. */
	gap(problem: Problem, table?: TableRef, fallback?: Origin): void {
		const under = table ? formatAddress("table", table.schema, table.table) : "*";
		this.builder.gap({
			under,
			kinds: problem.kinds.filter(isKind),
			why: problem.why,
			at: this.at(problem.place, fallback),
		});
	}

	/** A gap over one kind of a table. */
	gapOver(kind: Kind, why: string, table: TableRef, at: Origin): void {
		this.builder.gap({ under: formatAddress("table", table.schema, table.table), kinds: [kind], why, at });
	}
}

/** Unqualified names are in `public`: Drizzle writes them without a schema. */
export function schemaName(schema: string | null): string {
	return cutName(schema ?? "public");
}
