/** What states the entities of one kind needs. */
import type { Origin, SnapshotBuilder, Stated } from "@schemalign/core";
import { type TypeValue, unknown } from "@schemalign/core";
import type { Catalog } from "../catalog/catalog.js";
import type { Expressions } from "../catalog/expressions.js";
import type { Facts } from "./facts.js";

export interface Statement {
	readonly catalog: Catalog;
	readonly expressions: Expressions;
	readonly builder: SnapshotBuilder;
	/** A database has no lines: its name stands for all of it. */
	readonly at: Origin;
	readonly facts: Facts;
}

/** The type, or that its text is not understood. */
export function typeFact({ catalog, facts }: Statement, printed: string | null): Stated<TypeValue> {
	const type = printed === null ? undefined : catalog.type(printed);
	return type ? facts.type(type) : unknown(`the type is printed as ${JSON.stringify(printed)}`);
}

export function deferrability({ deferrable, deferred }: { deferrable: boolean; deferred: boolean }): string {
	return deferred ? "initially deferred" : deferrable ? "deferrable" : "not deferrable";
}
