/** The report: the tool's public result, whatever prints it. The JSON Schema in the CLI package is made from this. */
import { z } from "zod";
import { kindSchema, originSchema, roleSchema, severitySchema } from "../model/snapshot.js";

/** Raised when a reader of the old form would misread the new. */
export const REPORT_FORMAT = 1;

export const claimStateSchema = z.enum(["value", "absent", "unknown", "inexpressible"]);

export const reportClaimSchema = z.object({
	/** A source's id. */
	source: z.string(),
	state: claimStateSchema,
	/** The claimed value in short written form (`varchar(255)`, `not null`); for `unknown` the reason; else null. */
	value: z.string().nullable(),
	/** Where the source says so; for an absent thing, where it would be (the table); null where there is no place. */
	at: originSchema.nullable(),
});
export type ReportClaim = z.infer<typeof reportClaimSchema>;

export const verdictSchema = z.object({
	/** The value held to be true, in written form; null when undecided. */
	truth: z.string().nullable(),
	/** The ids of the sources that deviate from it; when undecided, empty. */
	deviating: z.array(z.string()),
	/** Why: the authority and its evidence, or the majority; when undecided, what would decide it. */
	basis: z.string(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const consequenceSchema = z.object({ source: z.string(), text: z.string() });
export type Consequence = z.infer<typeof consequenceSchema>;

/** SQL that makes a definition or database say what is held to be true. */
export const fixSchema = z.object({
	/** The id of the source that is to change: a migration there, or the database itself. */
	source: z.string(),
	/** Statements, in their order. */
	sql: z.array(z.string()),
});
export type Fix = z.infer<typeof fixSchema>;

/** One of several deltas that have the same root cause and are reported as one finding. */
export const memberSchema = z.object({
	kind: kindSchema,
	schema: z.string(),
	table: z.string().nullable(),
	column: z.string().nullable(),
	/** What it is called in a list: `users.email`, `index orders (user_id)`. */
	name: z.string(),
	message: z.string(),
	claims: z.array(reportClaimSchema),
	/** As a finding of its own would have it. */
	fingerprint: z.string(),
});
export type Member = z.infer<typeof memberSchema>;

export const findingSchema = z.object({
	/** The rule, such as `column-missing`: a page in the documentation. */
	code: z.string(),
	severity: severitySchema,
	/** The name of the database that it concerns. */
	database: z.string(),
	kind: kindSchema,
	schema: z.string(),
	/** The table that it is in; for other objects (an enum, a view) their name; null: the whole source. */
	table: z.string().nullable(),
	column: z.string().optional(),
	/** The aspect that differs; `existence` when a thing is there for some and not for others. */
	aspect: z.string(),
	/** What: one sentence. */
	message: z.string(),
	/** Why it matters. */
	why: z.string(),
	/** What to do. */
	help: z.string(),
	verdict: verdictSchema,
	consequences: z.array(consequenceSchema),
	/** What live databases say of their rows and their use: evidence, never values. */
	observed: z.array(z.object({ source: z.string(), text: z.string() })).optional(),
	claims: z.array(reportClaimSchema),
	/** Only where it is certain what to do, and nothing is lost by it. */
	fixes: z.array(fixSchema).optional(),
	/** The single deltas, where the finding folds several with one root cause. */
	members: z.array(memberSchema).optional(),
	/** Stable under line moves and reformatting: 16 hexadecimal digits. Where members come and go, theirs are stable. */
	fingerprint: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const reportSourceSchema = z.object({
	id: z.string(),
	adapter: z.string(),
	role: roleSchema,
	path: z.string(),
	/** What kind of place it is: "Prisma schema", "Flyway migrations". */
	label: z.string(),
	database: z.string(),
	/** Qualified table names, sorted; a table that the source calls otherwise than the others stands under their name. */
	tables: z.array(z.string()),
	/** How many entities of each kind it states; kinds without any are left out. */
	counts: z.record(z.string(), z.number().int()),
	gaps: z.array(z.object({ why: z.string(), at: originSchema.nullable() })),
	/** The id of the source that this is an identical copy of; copies are one witness. */
	duplicateOf: z.string().optional(),
	/** Traces of deployment that speak for this source. */
	evidence: z.array(z.object({ what: z.string(), at: originSchema })).optional(),
});
export type ReportSource = z.infer<typeof reportSourceSchema>;

export const reportDatabaseSchema = z.object({
	name: z.string(),
	/** The id of the source that holds the truth where it speaks, or null: the majority decides. */
	authority: z.string().nullable(),
	/** Why that source is the authority, or why there is none. */
	authorityBasis: z.string(),
	sources: z.array(z.string()),
	/** Why these sources are held to describe one database. */
	groupedBecause: z.string(),
	/** Why databases that share tables with this one are held to be others: a sentence each; not there if none does. */
	keptApart: z.array(z.string()).optional(),
});
export type ReportDatabase = z.infer<typeof reportDatabaseSchema>;

/** Who has set a difference aside: the baseline, a comment beside it, or the config's `ignore`. */
export const setAsideBySchema = z.enum(["baseline", "comment", "config"]);
export type SetAsideBy = z.infer<typeof setAsideBySchema>;

/** A difference that is there and is not reported as a finding: it was accepted, silenced or ignored. */
export const setAsideSchema = z.object({
	by: setAsideBySchema,
	/** Why, in the words of whoever has set it aside. */
	reason: z.string().nullable(),
	/** Where the comment stands. */
	at: originSchema.nullable(),
	/** The last day on which the baseline accepts it. */
	expires: z.string().optional(),
	code: z.string(),
	severity: severitySchema,
	database: z.string(),
	schema: z.string(),
	table: z.string().nullable(),
	column: z.string().nullable(),
	message: z.string(),
	/** The sources that deviate; where nothing decides, all that disagree. */
	deviating: z.array(z.string()),
	fingerprint: z.string(),
});
export type SetAside = z.infer<typeof setAsideSchema>;

/** An entry of the baseline that accepts nothing any more. */
export const staleSchema = z.object({
	/**
	 * `fixed`: there is no such difference now. `moved`: its source has another id now. `expired`: its date is
	 * over. In both the difference is a finding again.
	 */
	why: z.enum(["fixed", "moved", "expired"]),
	code: z.string(),
	what: z.string(),
	expires: z.string().optional(),
	fingerprint: z.string(),
});
export type Stale = z.infer<typeof staleSchema>;

/** What a change does, where two states of a repository were compared: the findings of the report are those it introduces. */
export const changeSchema = z.object({
	/** What the user called the earlier state, and the commit that this is. */
	since: z.string(),
	commit: z.string(),
	/** How many differences were there before and still are. */
	unchanged: z.number().int(),
	/** What was found before and is not any more. Files and lines are those of the earlier state. */
	fixed: z.array(findingSchema),
});
export type Change = z.infer<typeof changeSchema>;

export const summarySchema = z.object({
	critical: z.number().int(),
	high: z.number().int(),
	medium: z.number().int(),
	low: z.number().int(),
	info: z.number().int(),
	/** 0 to 100; the formula is in docs/health-score.md. */
	score: z.number().int().min(0).max(100),
	/** How many single differences were set aside; not there if none. */
	setAside: z
		.object({ baseline: z.number().int(), comment: z.number().int(), config: z.number().int() })
		.optional(),
});
export type Summary = z.infer<typeof summarySchema>;

export const reportSchema = z.object({
	formatVersion: z.literal(REPORT_FORMAT),
	databases: z.array(reportDatabaseSchema),
	sources: z.array(reportSourceSchema),
	/** Worst first; within a severity by database, table, column, code. */
	findings: z.array(findingSchema),
	skipped: z.array(z.object({ path: z.string(), why: z.string() })),
	/** What was accepted, silenced or ignored; not there if nothing was. */
	setAside: z.array(setAsideSchema).optional(),
	/** Entries of the baseline that can go; not there if none can. */
	stale: z.array(staleSchema).optional(),
	/** Only where two states were compared. */
	change: changeSchema.optional(),
	summary: summarySchema,
});
export type Report = z.infer<typeof reportSchema>;
