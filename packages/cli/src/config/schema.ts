/** The config's shape as data, with messages that name the key and what is allowed. */
import { jsonSchema, roleSchema, severitySchema } from "@schemalign/core";
import { z } from "zod";
import { mostSimilar } from "../similar.js";

const SEVERITIES = severitySchema.options;

/** An object without other keys; a wrong key is answered with the allowed ones. */
function closed<T extends z.ZodRawShape>(shape: T) {
	const allowed = Object.keys(shape).filter((key) => !key.startsWith("$"));
	return z.strictObject(shape, {
		error: (issue) => {
			if (issue.code !== "unrecognized_keys") return undefined;
			return issue.keys.map((key) => unknownKey(key, allowed)).join("; ");
		},
	});
}

function unknownKey(key: string, allowed: readonly string[]): string {
	const near = mostSimilar(key, allowed);
	const hint = near ? `did you mean \`${near}\`?` : `allowed: ${allowed.join(", ")}`;
	return `unknown key \`${key}\`; ${hint}`;
}

function oneOf<const T extends readonly string[]>(values: T, title: string) {
	return z
		.enum(values, {
			error: (issue) => {
				const near = typeof issue.input === "string" ? mostSimilar(issue.input, values) : undefined;
				return `must be one of ${values.join(", ")}${near ? ` (did you mean "${near}"?)` : ""}`;
			},
		})
		.describe(title);
}

const nonEmpty = z.string().min(1, "must not be empty");

const sourceSchema = closed({
	path: nonEmpty.describe("The file or folder, relative to the project root."),
	adapter: nonEmpty
		.describe("The adapter that reads it; omitted: the one that recognises the files.")
		.optional(),
	role: oneOf(roleSchema.options, "What the source is to the database.").optional(),
	name: nonEmpty.describe("What reports call the source; omitted: `<adapter>:<path>`.").optional(),
	complete: z.boolean().describe("The source maps every table of its database.").optional(),
	exact: z.boolean().describe("Replay the definition in an embedded Postgres, or not.").optional(),
	options: z.record(z.string(), jsonSchema).describe("Passed to the adapter.").optional(),
});

const urlSchema = z
	.union(
		[
			nonEmpty,
			closed({ env: nonEmpty.describe("The environment variable that holds the connection string.") }),
		],
		{
			error: 'must be a connection string, or { env: "NAME" }',
		},
	)
	.describe("A live database to read.");

const positive = z.number().positive("must be more than 0");
const seconds = positive.max(3600, "must be at most 3600");

const probeSchema = z
	.union(
		[
			z.boolean(),
			closed({
				sample: positive
					.int()
					.max(1_000_000, "must be at most 1000000")
					.describe("Rows to read of a large table, about; default 10000.")
					.optional(),
				whole: z
					.number()
					.min(0)
					.describe("Megabytes up to which a table is read whole; default 32.")
					.optional(),
				timeout: seconds.describe("Seconds for one question; default 5.").optional(),
				budget: seconds.describe("Seconds for all questions; default 60.").optional(),
			}),
		],
		{ error: "must be true, false, or limits: { sample, whole, timeout, budget }" },
	)
	.describe("Ask the live database about its rows where sources disagree.");

const databaseSchema = closed({
	url: urlSchema.optional(),
	probe: probeSchema.optional(),
	sources: z
		.array(nonEmpty)
		.min(1, "must name at least one source")
		.describe("Names, ids, paths or globs of sources.")
		.optional(),
	authority: nonEmpty.describe("The source that holds the truth: its name, id or path.").optional(),
})
	.refine(({ url, sources }) => url !== undefined || sources !== undefined, "needs `url` or `sources`")
	.refine(
		({ url, probe }) => url !== undefined || probe === undefined,
		"`probe` needs `url`: it asks a live database",
	);

/** A key of `severities`: shaped like a code, so that a wrong value is told from a wrong key. */
const codeSchema = z
	.string()
	.regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a finding code looks like `column-missing`");

const codeGlob = z.string().regex(/^[a-z*][a-z0-9*-]*$/, "a finding code looks like `column-missing`");

const ignoreSchema = closed({
	code: codeGlob.describe("The finding's code, or a glob over codes.").optional(),
	table: nonEmpty.describe("A glob of tables; without a dot: a name in any schema.").optional(),
	column: nonEmpty.describe("A glob of columns.").optional(),
	source: nonEmpty.describe("A source that deviates: its name, id, path or a glob over them.").optional(),
	reason: nonEmpty.describe("Why; reports show it.").optional(),
}).refine(
	({ code, table, column, source }) => [code, table, column, source].some((one) => one !== undefined),
	"needs at least one of `code`, `table`, `column`, `source`",
);

const ownerSchema = closed({
	sources: z
		.array(nonEmpty)
		.min(1, "must name at least one source")
		.describe("The owner's sources: names, ids, paths or globs over them."),
	tables: z
		.array(nonEmpty)
		.min(1, "must name at least one table")
		.describe("Globs of the owner's tables; without a dot: a name in any schema."),
});

/** All keys but `adapters`, which may hold objects with methods in a code config. */
const dataShape = {
	$schema: z.string().optional(),
	sources: z
		.array(z.union([nonEmpty, sourceSchema]))
		.describe("Sources that discovery does not find, or about which it should know more.")
		.optional(),
	exact: z.boolean().describe("Replay every definition in an embedded Postgres.").optional(),
	discover: z.boolean().describe("false: only the listed sources count.").optional(),
	exclude: z.array(nonEmpty).describe("Globs of paths that discovery leaves out.").optional(),
	databases: z
		.record(nonEmpty, databaseSchema)
		.describe("Live databases, and which sources describe which database.")
		.optional(),
	ignore: z
		.array(z.union([nonEmpty, ignoreSchema]))
		.describe("Tables that are not compared, and findings that are not reported.")
		.optional(),
	baseline: nonEmpty.describe("The file with the accepted findings.").optional(),
	owners: z.record(nonEmpty, ownerSchema).describe("Who owns which tables.").optional(),
	severities: z
		.record(codeSchema, oneOf([...SEVERITIES, "off"], "Another severity, or off."))
		.describe("Another severity for a finding code, or off.")
		.optional(),
	failOn: oneOf([...SEVERITIES, "never"], "The mildest severity that makes `check` fail.").optional(),
};

/** The config as JSON or YAML can hold it: what the published JSON Schema is made from. */
export const configDataSchema = closed({
	...dataShape,
	adapters: z.array(nonEmpty).describe("Third-party adapters: package names or paths.").optional(),
});

const adapterEntrySchema = z.union(
	[nonEmpty, z.custom<object>((value) => typeof value === "object" && value !== null && "contract" in value)],
	{ error: "must be a package name, a path, or an adapter" },
);

/** The config as a module can hold it. Adapter objects are checked when adapters are loaded. */
export const configSchema = closed({ ...dataShape, adapters: z.array(adapterEntrySchema).optional() });

/** A config that has passed {@link configSchema}. */
export type CheckedConfig = z.infer<typeof configSchema>;
