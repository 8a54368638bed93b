import { quoteIdentifier } from "../model/address.js";
import type { TypeValue } from "../model/snapshot.js";
import { isKnownType } from "./parse.js";

const BEFORE_ZONE = /^(timestamp|time) (with|without) time zone$/;
/** Names that Postgres prints without quotes: those that folding to lower case does not change. */
const FOLDED = /^[a-z_][a-z0-9_$]*$/;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const SHORT: Readonly<Record<string, string>> = {
	"character varying": "varchar",
	character: "char",
	"timestamp without time zone": "timestamp",
	"timestamp with time zone": "timestamptz",
	"time without time zone": "time",
	"time with time zone": "timetz",
};

/** The type as Postgres prints it: `character varying(255)`, `timestamp(3) with time zone`, `"user-role"[]`. */
export function formatType(type: TypeValue): string {
	return write(type, (name, args) => {
		const zoned = BEFORE_ZONE.exec(name);
		return zoned && args ? `${zoned[1]}${args} ${zoned[2]} time zone` : `${name}${args}`;
	});
}

/** The type in the short spelling that people write: `varchar(255)`, `timestamptz(3)`. For messages. */
export function shortType(type: TypeValue): string {
	return write(type, (name, args) => `${SHORT[name] ?? name}${args}`);
}

function write(type: TypeValue, withArgs: (name: string, args: string) => string): string {
	const args = type.args?.length ? `(${type.args.join(",")})` : "";
	const own = isKnownType(type.name) || FOLDED.test(type.name) ? type.name : quoted(type.name);
	const name = type.schema && type.schema !== "public" ? `${quoteIdentifier(type.schema)}.${own}` : own;
	return withArgs(name, args) + "[]".repeat(type.dimensions);
}
