/**
 * Postgres type names in canonical form. Aliases after the table in the Postgres manual, chapter "Data Types",
 * and `format_type()` for the canonical spelling.
 */
import type { TypeValue } from "../model/snapshot.js";

const ALIASES: Readonly<Record<string, string>> = {
	int8: "bigint",
	int: "integer",
	int4: "integer",
	int2: "smallint",
	bool: "boolean",
	varchar: "character varying",
	"char varying": "character varying",
	"national character varying": "character varying",
	nvarchar: "character varying",
	bpchar: "character",
	char: "character",
	"national character": "character",
	nchar: "character",
	float8: "double precision",
	float: "double precision",
	double: "double precision",
	float4: "real",
	decimal: "numeric",
	dec: "numeric",
	timestamp: "timestamp without time zone",
	timestamptz: "timestamp with time zone",
	time: "time without time zone",
	timetz: "time with time zone",
	varbit: "bit varying",
};

/** Types of Postgres's own catalog and of well-known extensions: never qualified in canonical form. */
const KNOWN = new Set(
	`bigint integer smallint boolean character_varying character text name bytea double_precision real numeric money
	timestamp_without_time_zone timestamp_with_time_zone time_without_time_zone time_with_time_zone date interval
	bit bit_varying uuid json jsonb jsonpath xml inet cidr macaddr macaddr8 point line lseg box path polygon circle
	tsvector tsquery int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange
	nummultirange tsmultirange tstzmultirange datemultirange oid regclass regproc regtype xid xid8 cid tid
	void trigger record anyelement
	vector halfvec sparsevec citext hstore ltree lquery cube seg geometry geography raster`
		.split(/\s+/)
		.map((word) => word.replaceAll("_", " ")),
);

const SERIALS: Readonly<Record<string, string>> = {
	serial: "integer",
	serial4: "integer",
	bigserial: "bigint",
	serial8: "bigint",
	smallserial: "smallint",
	serial2: "smallint",
};

/** The catalog's names of types, of which the array type has an underscore before it (`_int4`): the manual, "CREATE TYPE", "Array Types". */
const ARRAY_OF = new Set(
	`bool bytea name int8 int2 int4 text oid float4 float8 money bpchar varchar date time timestamp timestamptz
	timetz interval numeric bit varbit uuid json jsonb xml inet cidr macaddr point line lseg box path polygon circle tsvector
	tsquery int4range int8range numrange tsrange tstzrange daterange`.split(/\s+/),
);

/** Types of which a default precision or length is the same as the bare name. */
const DEFAULT_ARGS: Readonly<Record<string, number>> = { character: 1, bit: 1 };

/** The integer type behind `serial`, `bigserial` or `smallserial` (any spelling), else `undefined`. */
export function serialBase(name: string): string | undefined {
	return SERIALS[name.trim().toLowerCase()];
}

/** Whether `name` (canonical) is a type of Postgres's catalog or a well-known extension. */
export function isKnownType(name: string): boolean {
	return KNOWN.has(name);
}

/**
 * Makes a type value from a canonical or alias base name and its parts.
 * @param name an unquoted type name, with or without alias: "varchar", "timestamp with time zone", "UserRole"
 * @param options.schema only for user-defined types; `pg_catalog` is dropped
 */
export function makeType(
	name: string,
	options: {
		args?: readonly (number | string)[];
		dimensions?: number;
		schema?: string;
		unstated?: boolean;
		/** The name was written in quotes: only a lower-case built-in name is that type then. */
		quoted?: boolean;
	} = {},
): TypeValue {
	const plain = name.trim();
	const lower = plain.toLowerCase().replace(/\s+/g, " ");
	const written = options.quoted ? plain : lower;
	const isCatalogs = options.schema === undefined || options.schema === "pg_catalog";
	if (written.startsWith("_") && isCatalogs && ARRAY_OF.has(written.slice(1))) {
		const { args } = options;
		return { ...makeType(written.slice(1), args ? { args } : {}), dimensions: 1 };
	}
	const builtin = SERIALS[lower] ?? ALIASES[lower] ?? (KNOWN.has(lower) ? lower : undefined);
	const known = options.quoted ? KNOWN.has(plain) : builtin !== undefined;
	const canonical = known ? (builtin ?? plain) : plain;
	const args = canonicalArgs(canonical, lower, options.args ?? []);
	return {
		name: args.name,
		...(!known && options.schema && options.schema !== "pg_catalog" ? { schema: options.schema } : {}),
		...(args.args.length > 0 ? { args: args.args } : {}),
		dimensions: options.dimensions ?? 0,
		...(options.unstated && args.args.length === 0 ? { unstated: true } : {}),
	};
}

function canonicalArgs(
	name: string,
	written: string,
	args: readonly (number | string)[],
): { name: string; args: (number | string)[] } {
	// float(1..24) is real, float(25..53) double precision (manual, "Floating-Point Types").
	if (written === "float" && typeof args[0] === "number") {
		return { name: args[0] <= 24 ? "real" : "double precision", args: [] };
	}
	const implicit = DEFAULT_ARGS[name];
	// `char` means character(1), while `bpchar` without a length has none.
	if (args.length === 0 && implicit !== undefined && written !== "bpchar") return { name, args: [implicit] };
	// numeric(10) is numeric(10,0).
	if (name === "numeric" && args.length === 1 && args[0] !== undefined) return { name, args: [args[0], 0] };
	return { name, args: [...args] };
}

const TYPE_TEXT =
	/^\s*(?:(?<schema>"(?:[^"]|"")+"|[A-Za-z_][\w$]*)\s*\.\s*)?(?<name>"(?:[^"]|"")+"|[A-Za-z_][\w$]*(?:\s+(?!(?:with(?:out)?|array)\b)[A-Za-z_]\w*)*)\s*(?:\((?<args>[^()]*)\))?\s*(?<zone>with(?:out)?\s+time\s+zone)?\s*(?<array>array\b)?\s*(?<dims>(?:\[\s*\d*\s*\]\s*)*)$/i;

/**
 * Reads a type as SQL writes it: `varchar(255)`, `timestamp (3) without time zone`, `public."user-role"[]`.
 * @returns `undefined` if the text is not a type.
 */
export function parseType(text: string): TypeValue | undefined {
	const groups = TYPE_TEXT.exec(text)?.groups;
	if (!groups?.name) return undefined;
	const quoted = groups.name.startsWith('"');
	const name = unquote(groups.name) + (groups.zone ? ` ${groups.zone.toLowerCase()}` : "");
	const args = (groups.args ?? "")
		.split(",")
		.map((arg) => arg.trim())
		.filter((arg) => arg !== "")
		.map((arg) => (/^-?\d+$/.test(arg) ? Number(arg) : arg.replace(/^'(.*)'$/, "$1").toLowerCase()));
	const dimensions = (groups.dims?.match(/\[/g)?.length ?? 0) + (groups.array && !groups.dims ? 1 : 0);
	const schema = groups.schema ? unquote(groups.schema) : undefined;
	return makeType(quoted ? name : name.toLowerCase(), {
		quoted,
		args,
		dimensions,
		...(schema ? { schema } : {}),
	});
}

function unquote(identifier: string): string {
	return identifier.startsWith('"')
		? identifier.slice(1, -1).replaceAll('""', '"')
		: identifier.toLowerCase();
}
