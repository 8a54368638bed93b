import { qualifiedName, quoteIdentifier } from "../model/address.js";
import type { TypeValue } from "../model/snapshot.js";
import { isKnownType } from "./parse.js";

const BEFORE_ZONE = /^(timestamp|time) (with|without) time zone$/;
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
	const name = type.schema
		? qualifiedName(...(type.schema === "public" ? [] : [type.schema]), type.name)
		: isKnownType(type.name)
			? type.name
			: quoteIdentifier(type.name);
	return withArgs(name, args) + "[]".repeat(type.dimensions);
}
