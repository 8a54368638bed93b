export * from "./adapter/contract.js";
export { snapshotHead } from "./adapter/head.js";
export { messageOf } from "./adapter/message.js";
export * from "./analyze.js";
export {
	type Accepted,
	accept,
	type Baseline,
	baselineSchema,
	baselineText,
	type NewEntry,
} from "./baseline/baseline.js";
export { type Renewal, type RenewedBaseline, renewBaseline } from "./baseline/renew.js";
export { type CanonicalQuery, canonicalize, canonicalizeQuery } from "./expression/canonicalize.js";
export type { ExpressionContext } from "./expression/context.js";
export type * from "./expression/node.js";
export { printExpression } from "./expression/print.js";
export { printQuery } from "./expression/print-query.js";
export { isNullDefault, sameEffect } from "./expression/same-effect.js";
export type { Reached } from "./migrations/catch-up.js";
export { type MigrationState, migrationStates } from "./migrations/log.js";
export { MIGRATION_TOOLS, type MigrationToolName, migrationToolOf } from "./migrations/tools.js";
export * from "./model/address.js";
export * from "./model/builder.js";
export * from "./model/kinds.js";
export { LineStarts } from "./model/lines.js";
export { cutName, cutToBytes, NAME_BYTES } from "./model/names.js";
export { baseOf, commonFolder, folderOf } from "./model/paths.js";
export * from "./model/snapshot.js";
export { questionsFor } from "./observations/questions.js";
export * from "./observations/schema.js";
export { type Term, writeTerm } from "./observations/terms.js";
export { findOwnership } from "./ownership/find.js";
export * from "./ownership/ownership.js";
export { analyze } from "./pipeline.js";
export { count } from "./report/describe.js";
export { deviatingIn, type Item, type Side } from "./report/item.js";
export * from "./report/report.js";
export * from "./rules/catalogue.js";
export { compareStates, type EarlierState, type RepositoryState } from "./since/compare.js";
export { findSuppressions, type Suppression } from "./suppressions/parse.js";
export * from "./types/format.js";
export * from "./types/parse.js";
export { mayReference } from "./types/reference.js";
