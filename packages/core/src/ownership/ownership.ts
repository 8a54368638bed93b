/** Who has a hand in which table: which services define it, which map it, and where that needs somebody's attention. */
import { z } from "zod";
import { originSchema } from "../model/snapshot.js";

/** Raised when a reader of the old form would misread the new. */
export const OWNERSHIP_FORMAT = 1;

const handSchema = z.object({
	/** The service's folder, `.` for the project's root. */
	service: z.string(),
	/** The source's id. */
	source: z.string(),
	/** Where the source has the table. */
	at: originSchema,
	/** What the program calls it, where that differs. */
	alias: z.string().optional(),
});

/** A source of a service that has the table. */
export type Hand = z.infer<typeof handSchema>;

export const ownedTableSchema = z.object({
	/** Qualified: `public.users`. */
	table: z.string(),
	/** The owners that the config declares. */
	owners: z.array(z.string()),
	/** Migrations, schema files and dumps that create it. */
	definedBy: z.array(handSchema),
	/** Models and queries that read or write it. */
	mappedBy: z.array(handSchema),
	/** How many services map it. */
	sharedBy: z.number().int(),
});
export type OwnedTable = z.infer<typeof ownedTableSchema>;

/** Something that needs somebody's attention. */
export const concernSchema = z.object({
	/**
	 * `shared`: several services map the tables. `languages`: programs in several languages write them. `authorities`: several
	 * migration tools create them. `outside-owner`: somebody maps them whose they are not. `undefined`: mapped and created
	 * by nothing.
	 */
	kind: z.enum(["shared", "languages", "authorities", "outside-owner", "undefined"]),
	database: z.string(),
	message: z.string(),
	/** Qualified. */
	tables: z.array(z.string()),
	/** The folders of the services. */
	services: z.array(z.string()),
});
export type Concern = z.infer<typeof concernSchema>;

export const ownershipSchema = z.object({
	formatVersion: z.literal(OWNERSHIP_FORMAT),
	services: z.array(
		z.object({
			/** The folder of the nearest package.json, pyproject.toml, go.mod or the like; `.` for the project's root. */
			path: z.string(),
			/** What its sources are written in. */
			languages: z.array(z.string()),
			sources: z.array(z.string()),
		}),
	),
	databases: z.array(z.object({ name: z.string(), tables: z.array(ownedTableSchema) })),
	concerns: z.array(concernSchema),
});
export type Ownership = z.infer<typeof ownershipSchema>;
