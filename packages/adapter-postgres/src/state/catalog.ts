/** States everything that a catalog holds. */
import type { ExpressionReader } from "@schemalign/adapter-sql";
import type { Origin, SnapshotBuilder } from "@schemalign/core";
import { Catalog } from "../catalog/catalog.js";
import { Expressions } from "../catalog/expressions.js";
import type { Fetched } from "../catalog/fetch.js";
import { stateConstraints } from "./constraints.js";
import { Facts } from "./facts.js";
import { stateGaps } from "./gaps.js";
import { stateIndexes } from "./indexes.js";
import {
	stateExtensions,
	statePolicies,
	stateSchemas,
	stateSequences,
	stateTriggers,
	stateViews,
} from "./rest.js";
import type { Statement } from "./statement.js";
import { stateTables } from "./tables.js";
import { stateFunctions, stateTypes } from "./types.js";

/** @param at what stands for the lines that a database does not have */
export function stateCatalog(
	builder: SnapshotBuilder,
	fetched: Fetched,
	reader: ExpressionReader,
	at: Origin,
): void {
	const catalog = new Catalog(fetched);
	const expressions = new Expressions(reader, catalog);
	const statement: Statement = { catalog, builder, at, expressions, facts: new Facts(at) };
	stateGaps(statement, fetched);
	stateSchemas(statement);
	stateExtensions(statement);
	stateTables(statement);
	stateConstraints(statement);
	stateIndexes(statement);
	stateViews(statement);
	stateSequences(statement);
	stateTypes(statement);
	stateFunctions(statement);
	stateTriggers(statement);
	statePolicies(statement);
}
