/** The catalog queries in the order in which they are asked, each with the rows that it has given. */

import { DatabaseProblem } from "../connection/problem.js";
import type { Fields } from "../connection/stream.js";
import { constraintsQuery, indexesQuery } from "./constraints.js";
import { UnexpectedForm } from "./fields.js";
import {
	descriptionsQuery,
	extensionsQuery,
	membersQuery,
	namespacesQuery,
	namesQuery,
} from "./namespaces.js";
import { functionsQuery, policiesQuery, triggersQuery, typesQuery } from "./objects.js";
import type { CatalogQuery } from "./query.js";
import { columnsQuery, inheritanceQuery, relationsQuery, sequencesQuery } from "./relations.js";

/** One query in one session. */
export class Reading<Row> {
	readonly rows: Row[] = [];

	constructor(readonly query: CatalogQuery<Row>) {}

	/** Takes a row. @throws DatabaseProblem if it is not of the query's form */
	readonly take = (fields: Fields): void => {
		try {
			this.rows.push(this.query.row(fields));
		} catch (error) {
			throw error instanceof UnexpectedForm ? unexpectedForm(this.query.reads, error.message) : error;
		}
	};

	/** Forgets what a query gave that has failed. */
	clear(): void {
		this.rows.length = 0;
	}
}

export type Readings = ReturnType<typeof newReadings>;

/** Rows by query. */
export type CatalogRows = { readonly [N in keyof Readings]: Readings[N]["rows"] };

/** One of each, in the order in which they are asked. */
export function newReadings() {
	return {
		namespaces: new Reading(namespacesQuery),
		extensions: new Reading(extensionsQuery),
		members: new Reading(membersQuery),
		descriptions: new Reading(descriptionsQuery),
		names: new Reading(namesQuery),
		relations: new Reading(relationsQuery),
		inheritance: new Reading(inheritanceQuery),
		columns: new Reading(columnsQuery),
		sequences: new Reading(sequencesQuery),
		indexes: new Reading(indexesQuery),
		constraints: new Reading(constraintsQuery),
		types: new Reading(typesQuery),
		functions: new Reading(functionsQuery),
		triggers: new Reading(triggersQuery),
		policies: new Reading(policiesQuery),
	};
}

export function rowsOf(readings: Readings): CatalogRows {
	return {
		namespaces: readings.namespaces.rows,
		extensions: readings.extensions.rows,
		members: readings.members.rows,
		descriptions: readings.descriptions.rows,
		names: readings.names.rows,
		relations: readings.relations.rows,
		inheritance: readings.inheritance.rows,
		columns: readings.columns.rows,
		sequences: readings.sequences.rows,
		indexes: readings.indexes.rows,
		constraints: readings.constraints.rows,
		types: readings.types.rows,
		functions: readings.functions.rows,
		triggers: readings.triggers.rows,
		policies: readings.policies.rows,
	};
}

export function unexpectedForm(reads: string, what: string): DatabaseProblem {
	return new DatabaseProblem(
		`the catalog has an unexpected form: ${reads}: ${what}`,
		"The server is not a Postgres that we know, or a proxy changes its answers.",
		"Report the server's version; compare with a dump instead.",
	);
}
