/** Small sources for tests, in a few words each. */
import {
	type Capabilities,
	type ColumnFacts,
	type DefaultValue,
	parseType,
	type Role,
	type Snapshot,
	SnapshotBuilder,
	stated,
} from "../../src/index.js";

const DEFINITION: Capabilities = {
	kinds: {
		table: "complete",
		column: "complete",
		// The tables of most tests have no key: that is not what they are about.
		primaryKey: "partial",
		unique: "complete",
		foreignKey: "complete",
		index: "complete",
		check: "complete",
		enum: "complete",
		trigger: "complete",
	},
	aspects: {},
};
const MODEL: Capabilities = {
	kinds: { ...DEFINITION.kinds, table: "partial", check: "none", trigger: "none" },
	aspects: { "index.predicate": "none", "index.expression": "none", "unique.predicate": "none" },
};

export interface ColumnSpec {
	type: string;
	null?: boolean;
	default?: string | DefaultValue;
	client?: string;
}

export type TableSpec = Readonly<Record<string, string | ColumnSpec>>;

export interface SourceSpec {
	id: string;
	role?: Role;
	adapter?: string;
	path?: string;
	tables: Readonly<Record<string, TableSpec>>;
	capabilities?: Capabilities;
	/** Adds whatever the tables do not say. */
	more?: (builder: SnapshotBuilder, at: (line: number) => { file: string; line: number }) => void;
	contentHash?: string;
}

/** A snapshot: `{ users: { id: "uuid", name: { type: "text", null: true } } }`; columns are not null by default. */
export function source(spec: SourceSpec): Snapshot {
	const role = spec.role ?? "definition";
	const path = spec.path ?? `${spec.id}.txt`;
	const at = (line: number) => ({ file: path, line });
	const builder = new SnapshotBuilder({
		source: spec.id,
		adapter: spec.adapter ?? (role === "model" ? "prisma" : "sql"),
		role,
		path,
		capabilities: spec.capabilities ?? (role === "model" ? MODEL : DEFINITION),
		contentHash: spec.contentHash,
	});
	let line = 1;
	for (const [table, columns] of Object.entries(spec.tables)) {
		const ref = { schema: "public", table };
		builder.table(ref, at(line++));
		for (const [name, column] of Object.entries(columns)) {
			builder.column(ref, name, at(line++), facts(typeof column === "string" ? { type: column } : column));
		}
	}
	spec.more?.(builder, at);
	return builder.build();
}

function facts(column: ColumnSpec): ColumnFacts {
	const type = parseType(column.type);
	if (!type) throw new Error(`not a type: ${column.type}`);
	return {
		type: stated(type),
		nullable: stated(column.null ?? false),
		default: stated(defaultOf(column.default)),
		generated: stated(null),
		...(column.client === undefined ? {} : { clientDefault: stated(column.client) }),
	};
}

function defaultOf(value: string | DefaultValue | undefined): DefaultValue {
	if (value === undefined) return null;
	return typeof value === "string" ? { is: "expression", sql: value, canonical: value } : value;
}
