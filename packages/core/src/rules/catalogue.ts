/**
 * Every code that a finding of ours can have. The pages in docs/rules tell more of each and are held to this list by a
 * test; adapters of others may state diagnostics of further codes.
 */
import type { Severity } from "../model/snapshot.js";

/** What a rule is about, in the order in which lists show it. */
export const RULE_GROUPS = {
	missing: "Something is missing",
	differs: "Something differs",
	source: "Something is wrong in one source",
	hygiene: "Could be built better",
	equivalent: "Written in other words, or to know",
} as const;
export type RuleGroup = keyof typeof RULE_GROUPS;

export interface RuleEntry {
	readonly group: RuleGroup;
	/** A sentence: what is found. */
	readonly summary: string;
	/** What it can be graded, gravest first: severity follows what breaks for whom. */
	readonly severities: readonly Severity[];
}

const all: readonly Severity[] = ["critical", "high", "medium", "low"];
const info: readonly Severity[] = ["info"];

function missing(summary: string, severities: readonly Severity[] = all): RuleEntry {
	return { group: "missing", summary, severities };
}

function differs(summary: string, severities: readonly Severity[] = all): RuleEntry {
	return { group: "differs", summary, severities };
}

function inSource(summary: string, severities: readonly Severity[]): RuleEntry {
	return { group: "source", summary, severities };
}

function hygiene(summary: string, severities: readonly Severity[] = info): RuleEntry {
	return { group: "hygiene", summary, severities };
}

function equivalent(summary: string): RuleEntry {
	return { group: "equivalent", summary, severities: info };
}

/** The rules by code. */
export const RULES = {
	"table-missing": missing(
		"A model maps a table that nothing creates, or a definition lacks a table that another has.",
	),
	"table-unmapped": missing("A model leaves out tables of its database.", ["high", "info"]),
	"column-missing": missing("A source names a column that does not exist elsewhere."),
	"column-unmapped": missing("A model leaves out a column that it can live without.", ["low", "info"]),
	"insert-fails": missing(
		"No row gets in through a model: it lacks a column that is NOT NULL without a default, or writes one that the database computes.",
		["critical"],
	),
	"unique-missing": missing("A unique constraint or index is not everywhere."),
	"foreign-key-missing": missing("A foreign key is not everywhere.", ["high", "medium", "low"]),
	"primary-key-mismatch": missing("A table has another primary key, or none.", all),
	"index-missing": missing("An index is not everywhere, and nothing stands in for it.", ["low"]),
	"check-missing": missing("A check constraint is not everywhere.", ["high", "medium", "low"]),
	"exclusion-missing": missing("An exclusion constraint is not everywhere.", ["medium"]),
	"enum-missing": missing("An enum type is not everywhere.", all),
	"type-missing": missing("A domain, composite or range type is not everywhere.", ["high", "medium"]),
	"view-missing": missing("A view is not everywhere.", ["critical", "medium"]),
	"function-missing": missing("A function is not everywhere.", ["high", "medium"]),
	"trigger-missing": missing("A trigger is not everywhere.", ["medium"]),
	"policy-missing": missing("A row-level security policy is not everywhere.", ["high", "medium"]),
	"extension-missing": missing("An extension is not everywhere.", ["low"]),
	"sequence-missing": missing("A sequence is not everywhere.", ["high", "medium", "low"]),
	"schema-missing": missing("A schema is not everywhere.", ["low"]),

	"table-renamed": differs("A table goes by another name in one source.", ["critical", "medium"]),
	"column-renamed": differs("One column goes by two names.", ["critical", "high", "medium"]),
	"column-moved": differs("A column is in one table for some and in another table for others.", [
		"critical",
		"high",
		"medium",
	]),
	"enum-renamed": differs("An enum type goes by another name in one source.", all),
	"naming-convention": differs("A source names its columns by another convention than the database.", [
		"critical",
		"high",
		"medium",
	]),
	"type-mismatch": differs("A column has another type."),
	"nullability-mismatch": differs("A column may be NULL for some and not for others.", [
		"high",
		"medium",
		"low",
	]),
	"default-mismatch": differs("A column has another default in the database, or none."),
	"enum-labels": differs("An enum has other labels, or the same in another order.", [
		"high",
		"medium",
		"low",
		"info",
	]),
	"foreign-key-action": differs("A foreign key does something else on DELETE or UPDATE.", [
		"high",
		"medium",
		"low",
	]),
	"foreign-key-target": differs("The same columns reference something else.", ["high", "medium"]),
	"foreign-key-mismatch": differs("A foreign key differs in its deferrability, match type or validation.", [
		"low",
	]),
	"table-mismatch": differs("A table differs in itself: row-level security, partitioning, inheritance.", [
		"high",
		"medium",
	]),
	"column-mismatch": differs("A column differs in its generation expression or collation.", [
		"high",
		"medium",
		"low",
	]),
	"unique-mismatch": differs("A unique constraint differs in its predicate, NULLs or deferrability.", [
		"high",
		"medium",
		"low",
	]),
	"index-mismatch": differs("An index differs in its method, predicate or included columns.", ["low"]),
	"check-mismatch": differs("A check constraint of one name has another condition.", [
		"high",
		"medium",
		"low",
	]),
	"exclusion-mismatch": differs("An exclusion constraint differs.", ["medium"]),
	"type-definition-mismatch": differs("A domain, composite or range type is another one.", ["medium"]),
	"view-mismatch": differs("A view selects something else.", ["medium"]),
	"function-mismatch": differs("A function does something else.", ["medium"]),
	"trigger-mismatch": differs("A trigger fires otherwise.", ["medium"]),
	"policy-mismatch": differs("A row-level security policy shows or protects other rows.", ["high", "medium"]),
	"sequence-mismatch": differs("A sequence counts otherwise.", ["low"]),
	"tables-differ": differs("Two tables share a name and hardly a column.", ["critical", "high", "medium"]),
	"table-near-duplicate": differs(
		"Two tables whose names differ in case, number, convention or prefix only.",
		["medium", "low", "info"],
	),
	"column-near-duplicate": differs("Two columns whose names differ in case or convention only.", [
		"medium",
		"low",
		"info",
	]),
	"copies-drifted": differs("Copies of one file have begun to differ.", ["medium"]),

	"definition-cannot-run": inSource("Postgres rejects a statement: what follows it is never created.", [
		"critical",
		"high",
	]),
	"skipped-definition": inSource(
		"IF NOT EXISTS skips a definition, because something else of the name exists.",
		["high", "low"],
	),
	"migration-never-runs": inSource("A file lies beside the migrations and the tool does not run it.", [
		"high",
	]),
	"altered-but-never-created": inSource("A folder of SQL changes tables that it does not create.", [
		"medium",
		"info",
	]),
	"duplicate-migration-number": inSource("Two migrations have one number.", ["high", "low"]),
	"model-rejected": inSource("A model does not parse, or its ORM refuses it.", ["critical"]),
	"table-mapped-twice": inSource("Two declarations map one table, with different columns.", ["low"]),
	"module-side-effect": inSource("A schema module does something beside defining the schema.", ["info"]),
	"record-outdated": inSource(
		"What a migration tool noted of the schema is behind it: its next migration is missing, or will be wrong.",
		["medium"],
	),
	"snapshot-collision": inSource("Two snapshots of drizzle-kit follow the same one: it refuses to go on.", [
		"medium",
	]),
	"snapshot-malformed": inSource("A snapshot of drizzle-kit is not valid JSON: it refuses to go on.", [
		"medium",
	]),
	"table-outside-owner": inSource("A model maps a table that the config gives to another owner.", ["low"]),
	"unused-suppression": inSource("A `schemalign-ignore` comment silences nothing.", ["low"]),
	"invalid-suppression": inSource("A `schemalign-ignore` comment lacks its reason, or names no code.", [
		"low",
	]),
	"migration-pending": inSource("A live database has not run all migrations of the repository.", [
		"medium",
		"info",
	]),
	"migration-unknown": inSource("A live database has run migrations that the repository lacks.", ["medium"]),
	"migration-failed": inSource("A migration has failed on a live database, and nobody has cleared it up.", [
		"high",
	]),
	"index-invalid": inSource("An index of a live database is invalid: no query uses it.", ["high", "medium"]),
	"unused-index": inSource("No query uses an index of a live database, for as long as it counts.", [
		"low",
		"info",
	]),
	"trigger-disabled": inSource("A trigger of a live database is disabled.", ["medium"]),
	"source-unreadable": inSource("A source could not be read: it was not compared.", ["high"]),
	"client-default-hazard": inSource(
		"One program fills a column itself; every other writer must bring the value along.",
		["medium", "low"],
	),

	"foreign-key-type": hygiene("A foreign key's column has another type than the column that it references.", [
		"high",
		"medium",
		"info",
	]),
	"created-twice": hygiene("Two folders of migrations create the same tables.", ["medium", "low", "info"]),
	"money-as-float": hygiene("A column whose name says money is a binary float."),
	"index-duplicate": hygiene("An index or unique constraint repeats another one of its table."),
	"required-column-added": hygiene(
		"A migration adds a NOT NULL column without a default to a table that may have rows.",
		["medium", "info"],
	),
	"enum-labels-removed": hygiene("A migration takes labels from an enum that rows may still hold.", [
		"medium",
		"info",
	]),
	"foreign-key-unindexed": hygiene("No index begins with a column of a foreign key."),
	"index-redundant": hygiene("An index is covered by another index or key of its table."),
	"timestamp-without-zone": hygiene("A timestamp column has no time zone."),
	"table-without-key": hygiene("A table has no primary key."),
	"mapped-by-none": hygiene("No model of the repository maps a table."),

	"type-equivalent": equivalent("A type is spelt in other words that mean the same."),
	"default-equivalent": equivalent("A default is written in other words that have the same effect."),
	"expression-equivalent": equivalent("An expression is written in other words that mean the same."),
	"name-differs": equivalent("A constraint or index has another name."),
	"comment-differs": equivalent("A comment differs."),
	"backing-differs": equivalent("What is a unique constraint for some is a unique index for others."),
	"detail-differs": equivalent("A detail without effect on what the database accepts differs."),
	"column-order": equivalent("A table's columns stand in another order."),
	"identical-copies": equivalent("Files are copies of one another: they count as one witness."),
	"bookkeeping-table": equivalent("A migration tool's own table is in one source only."),
	"platform-objects": {
		...equivalent("What a hosting platform keeps in a live database is not the same everywhere."),
		severities: ["low", "info"],
	},
	"record-differs": equivalent("The migrations do more, or other things, than their tool noted."),
	"snapshot-behind": equivalent("Migrations of drizzle-kit were added by hand, without a snapshot."),
	"not-replayed": equivalent("A definition was to be replayed (`--exact`) and could only be read."),
	"not-compared": equivalent("A source states things that are not compared."),
} as const satisfies Record<string, RuleEntry>;

/** The code of one of our rules. */
export type RuleCode = keyof typeof RULES;

/** All codes, in the order of the list. */
export const RULE_CODES: readonly RuleCode[] = (Object.keys(RULES) as string[]).filter(isRuleCode);

/** Whether `code` is one of ours. */
export function isRuleCode(code: string): code is RuleCode {
	return Object.hasOwn(RULES, code);
}
