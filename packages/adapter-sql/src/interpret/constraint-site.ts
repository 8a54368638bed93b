/** Where a constraint is added, and what all kinds of constraints have: names, and how they are deferred. */
import type { Origin } from "@schemalign/core";
import { constraintNamed } from "../catalog/catalog.js";
import { chooseName } from "../catalog/names.js";
import type { ObjectName, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { Rejection, type Session } from "./session.js";

/** Where a constraint is added. */
export interface Site {
	readonly session: Session;
	readonly statement: Statement;
	readonly table: Table;
	readonly at: Origin;
	/** The column in whose definition it is written. */
	readonly column?: string;
}

/** @throws Rejection where the table has a constraint of that name */
export function requireFreeName(site: Site, name: string): void {
	const taken = constraintNamed(site.table, name);
	if (!taken) return;
	throw new Rejection(
		"42710",
		`constraint "${name}" for relation "${site.table.name}" already exists`,
		[{ at: taken.at, note: "the first one is here" }],
		site.at,
	);
}

/**
 * The name that is given, or that Postgres makes up of the table, `second` and `label`.
 * @throws Rejection where the one that is given is taken
 */
export function nameFor(site: Site, given: string | undefined, second: string, label: string): ObjectName {
	if (given) {
		requireFreeName(site, given);
		return { text: given, stated: true, at: site.at };
	}
	const { table } = site;
	const taken = (name: string): boolean => table.constraints.some((other) => other.name.text === name);
	return { text: chooseName(table.name, second, label, taken), stated: false, at: site.at };
}

/** How a constraint may be deferred, in the model's words. */
export function deferrability(constraint: { deferrable?: boolean; initdeferred?: boolean }): string {
	if (constraint.initdeferred) return "initially deferred";
	return constraint.deferrable ? "deferrable" : "not deferrable";
}
