/**
 * The kinds of entities and their comparable aspects, as data. Everything that treats one kind differently
 * from another is written here or in a rule; the comparer reads this table and never names a kind.
 */

/** How two stated values of an aspect are compared (see compare/equivalence.ts). */
export type Equivalence =
	/** Deep equality of the JSON value. */
	| "exact"
	/** Equality of JSON arrays without regard to order. */
	| "set"
	/** {@link TypeValue}: canonical Postgres types, where an omitted facet is "not stated". */
	| "type"
	/** {@link ExpressionValue}, by canonical form. */
	| "expression"
	/** {@link DefaultValue}: serial, identity and nextval are one family. */
	| "default"
	/** Index elements: columns or canonical expressions, with order, nulls and operator class. */
	| "elements"
	/** Foreign-key action; "no action" and an omitted action are one. */
	| "action";

/** How much a disagreement on the aspect matters in itself; rules refine it by consequence. */
export type Weight = "structural" | "cosmetic" | "program";

export interface AspectDefinition {
	readonly equivalence: Equivalence;
	/**
	 * `structural`: part of what the database is. `cosmetic`: names, comments, order: never above `info`.
	 * `program`: exists only inside one program (client-side defaults, aliases): never compared, used by rules.
	 */
	readonly weight: Weight;
	/** What the aspect is called in a sentence. */
	readonly label: string;
}

export interface KindDefinition {
	/** What the kind is called in a sentence. */
	readonly label: string;
	/**
	 * How entities of several sources are recognised as the same: by their `name`, or by `structure`: what they
	 * do (a constraint's or an index's columns or expression), in which case the name is only a cosmetic aspect.
	 */
	readonly identity: "name" | "structure";
	/** Whether the entity lives inside a table: then its silence only counts where the table is claimed. */
	readonly within?: "table";
	readonly aspects: Readonly<Record<string, AspectDefinition>>;
}

const structural = (equivalence: Equivalence, label: string): AspectDefinition => ({
	equivalence,
	weight: "structural",
	label,
});
const cosmetic = (equivalence: Equivalence, label: string): AspectDefinition => ({
	equivalence,
	weight: "cosmetic",
	label,
});
const program = (label: string): AspectDefinition => ({ equivalence: "exact", weight: "program", label });

const comment = cosmetic("exact", "comment");
const name = cosmetic("exact", "name");

/** Every kind and aspect that schemalign compares. Adapters may state no others. */
export const KINDS = {
	schema: { label: "schema", identity: "name", aspects: { comment } },
	extension: {
		label: "extension",
		identity: "name",
		aspects: { version: cosmetic("exact", "version"), schema: cosmetic("exact", "schema") },
	},
	table: {
		label: "table",
		identity: "name",
		aspects: {
			persistence: structural("exact", "persistence"),
			partitionKey: structural("expression", "partition key"),
			partitionOf: structural("exact", "parent partition"),
			partitionBound: structural("expression", "partition bound"),
			inherits: structural("set", "inherited tables"),
			rowSecurity: structural("exact", "row-level security"),
			rowSecurityForced: structural("exact", "forced row-level security"),
			comment,
		},
	},
	column: {
		label: "column",
		identity: "name",
		within: "table",
		aspects: {
			type: structural("type", "type"),
			nullable: structural("exact", "nullability"),
			default: structural("default", "default"),
			generated: structural("expression", "generation expression"),
			collation: structural("exact", "collation"),
			position: program("position"),
			comment,
			clientDefault: program("client-side default"),
		},
	},
	primaryKey: {
		label: "primary key",
		identity: "name",
		within: "table",
		aspects: { columns: structural("exact", "columns"), name },
	},
	unique: {
		label: "unique constraint",
		identity: "structure",
		within: "table",
		aspects: {
			elements: structural("set", "columns"),
			predicate: structural("expression", "predicate"),
			nullsNotDistinct: structural("exact", "treatment of NULLs"),
			deferrable: structural("exact", "deferrability"),
			include: cosmetic("set", "included columns"),
			backing: cosmetic("exact", "form (constraint or index)"),
			name,
			comment,
		},
	},
	foreignKey: {
		label: "foreign key",
		identity: "structure",
		within: "table",
		aspects: {
			columns: structural("exact", "columns"),
			references: structural("exact", "referenced columns"),
			onDelete: structural("action", "ON DELETE action"),
			onUpdate: structural("action", "ON UPDATE action"),
			match: structural("exact", "match type"),
			deferrable: structural("exact", "deferrability"),
			validated: structural("exact", "validation"),
			name,
			comment,
		},
	},
	index: {
		label: "index",
		identity: "structure",
		within: "table",
		aspects: {
			elements: structural("elements", "columns"),
			method: structural("exact", "method"),
			predicate: structural("expression", "predicate"),
			include: structural("set", "included columns"),
			name,
			comment,
		},
	},
	check: {
		label: "check constraint",
		identity: "structure",
		within: "table",
		aspects: {
			expression: structural("expression", "condition"),
			validated: structural("exact", "validation"),
			noInherit: structural("exact", "inheritance"),
			name,
			comment,
		},
	},
	exclusion: {
		label: "exclusion constraint",
		identity: "structure",
		within: "table",
		aspects: {
			elements: structural("elements", "elements"),
			operators: structural("exact", "operators"),
			method: structural("exact", "method"),
			predicate: structural("expression", "predicate"),
			deferrable: structural("exact", "deferrability"),
			name,
			comment,
		},
	},
	enum: {
		label: "enum type",
		identity: "name",
		aspects: { labels: structural("exact", "labels"), comment },
	},
	domain: {
		label: "domain",
		identity: "name",
		aspects: {
			type: structural("type", "type"),
			nullable: structural("exact", "nullability"),
			default: structural("default", "default"),
			checks: structural("set", "checks"),
			comment,
		},
	},
	composite: {
		label: "composite type",
		identity: "name",
		aspects: { attributes: structural("exact", "attributes"), comment },
	},
	range: {
		label: "range type",
		identity: "name",
		aspects: { subtype: structural("type", "subtype"), comment },
	},
	view: {
		label: "view",
		identity: "name",
		aspects: {
			definition: structural("expression", "definition"),
			materialized: structural("exact", "materialization"),
			options: structural("exact", "options"),
			comment,
		},
	},
	sequence: {
		label: "sequence",
		identity: "name",
		aspects: {
			type: structural("type", "type"),
			start: structural("exact", "start"),
			increment: structural("exact", "increment"),
			minimum: structural("exact", "minimum"),
			maximum: structural("exact", "maximum"),
			cache: cosmetic("exact", "cache"),
			cycle: structural("exact", "cycle"),
			comment,
		},
	},
	function: {
		label: "function",
		identity: "name",
		aspects: {
			returns: structural("exact", "return type"),
			language: structural("exact", "language"),
			body: structural("exact", "body"),
			volatility: structural("exact", "volatility"),
			security: structural("exact", "security"),
			comment,
		},
	},
	trigger: {
		label: "trigger",
		identity: "name",
		within: "table",
		aspects: {
			timing: structural("exact", "timing"),
			events: structural("set", "events"),
			level: structural("exact", "level"),
			function: structural("exact", "function"),
			condition: structural("expression", "condition"),
			comment,
		},
	},
	policy: {
		label: "policy",
		identity: "name",
		within: "table",
		aspects: {
			command: structural("exact", "command"),
			permissive: structural("exact", "permissiveness"),
			roles: structural("set", "roles"),
			using: structural("expression", "USING condition"),
			check: structural("expression", "WITH CHECK condition"),
			comment,
		},
	},
} as const satisfies Record<string, KindDefinition>;

export type Kind = keyof typeof KINDS;

/** All kinds, in the order in which reports list them. */
export const ALL_KINDS: readonly Kind[] = (Object.keys(KINDS) as string[]).filter(isKind);

/** Whether `text` names a kind. */
export function isKind(text: string): text is Kind {
	return Object.hasOwn(KINDS, text);
}

/** The definition of `kind`, with its aspects as an open record. */
export function kindDefinition(kind: Kind): KindDefinition {
	return KINDS[kind];
}

/** The definition of one aspect, or `undefined` if the kind has no such aspect. */
export function aspectDefinition(kind: Kind, aspect: string): AspectDefinition | undefined {
	return kindDefinition(kind).aspects[aspect];
}
