/** The types of SQLAlchemy and of its postgresql dialect, `ARRAY` and enums aside. */
import {
	bit,
	domain,
	fixed,
	float,
	interval,
	type Maker,
	numeric,
	pgInterval,
	sized,
	temporal,
	textual,
	uuid,
} from "./type-makers.js";

const integer = (name: string) => fixed(name, "integer");
const varchar = sized("character varying");
const character = sized("character");
const binary = fixed("bytea");

export const GENERIC: Readonly<Record<string, Maker>> = {
	String: varchar,
	VARCHAR: varchar,
	Unicode: varchar,
	NVARCHAR: varchar,
	CHAR: character,
	NCHAR: character,
	Text: textual,
	TEXT: textual,
	UnicodeText: textual,
	Integer: integer("integer"),
	INTEGER: integer("integer"),
	INT: integer("integer"),
	BigInteger: integer("bigint"),
	BIGINT: integer("bigint"),
	SmallInteger: integer("smallint"),
	SMALLINT: integer("smallint"),
	Boolean: fixed("boolean"),
	BOOLEAN: fixed("boolean"),
	Numeric: numeric,
	NUMERIC: numeric,
	DECIMAL: numeric,
	Float: float,
	FLOAT: float,
	Double: fixed("double precision", "numeric"),
	DOUBLE: fixed("double precision", "numeric"),
	DOUBLE_PRECISION: fixed("double precision", "numeric"),
	REAL: fixed("real", "numeric"),
	DateTime: temporal("timestamp"),
	TIMESTAMP: temporal("timestamp"),
	Date: fixed("date"),
	DATE: fixed("date"),
	Time: temporal("time"),
	TIME: temporal("time"),
	Interval: interval,
	LargeBinary: binary,
	PickleType: binary,
	JSON: fixed("json"),
	Uuid: uuid,
	UUID: uuid,
};

export const POSTGRES: Readonly<Record<string, Maker>> = {
	...GENERIC,
	INTERVAL: pgInterval,
	BIT: bit,
	DOMAIN: domain,
	...Object.fromEntries(
		`BYTEA JSONB INET CIDR MACADDR MACADDR8 MONEY OID REGCLASS TSVECTOR TSQUERY CITEXT HSTORE JSONPATH
		INT4RANGE INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE INT4MULTIRANGE INT8MULTIRANGE NUMMULTIRANGE
		DATEMULTIRANGE TSMULTIRANGE TSTZMULTIRANGE`
			.split(/\s+/)
			.map((name) => [name, fixed(name.toLowerCase(), name === "CITEXT" ? "string" : "other")]),
	),
};
