/** Types of other libraries: what Postgres stores for them, as each documents. */
import { makeType } from "@schemalign/core";
import { asBoolean, asNumber, asString, isNone } from "../evaluate/values.js";
import { type ColumnType, known } from "./model.js";
import {
	argument,
	bit,
	dimensioned,
	fixed,
	type Maker,
	made,
	sized,
	type TypeCall,
	temporal,
	undetermined,
} from "./type-makers.js";

const varchar = sized("character varying");

/** Text of a fixed length; a keyword may state another. */
function upTo(length: number, keyword?: string): Maker {
	return (call) => {
		const value = keyword === undefined ? undefined : argument(call, 0, keyword);
		const stated = value && !isNone(value) ? asNumber(value) : length;
		if (stated === undefined) return undetermined(call, value, "string");
		return made("character varying", call.at, { args: [stated] }, "string");
	};
}

/** GeoAlchemy2's spatial types: `geometry(POINT,4326)`, and bare where they have no geometry type. */
function spatial(name: "geometry" | "geography"): Maker {
	return (call: TypeCall): ColumnType => {
		const kind = argument(call, 0, "geometry_type");
		const srid = argument(call, 1, "srid");
		const index = call.keywords.get("spatial_index");
		const indexed = index && !isNone(index) ? asBoolean(index) : true;
		const spatialIndex = indexed === true ? { spatialIndex: true } : {};
		if (kind && isNone(kind)) {
			return { type: known(makeType(name)), affinity: "other", ...spatialIndex };
		}
		const shape = kind ? asString(kind) : "GEOMETRY";
		const system = srid ? asNumber(srid) : -1;
		if (shape === undefined || system === undefined || call.open) {
			return { ...undetermined(call, shape === undefined ? kind : srid, "other"), ...spatialIndex };
		}
		const type = makeType(name, { args: [shape.toLowerCase(), system] });
		return { type: known(type), affinity: "other", ...spatialIndex };
	};
}

/** With a time zone unless it is told otherwise. */
const zoned: Maker = (call) => {
	const zone = argument(call, 0, "timezone");
	return zone && asBoolean(zone) === false
		? made("timestamp without time zone", call.at)
		: made("timestamp with time zone", call.at);
};

const UTILS: Readonly<Record<string, Maker>> = {
	UUIDType: (call) => {
		const native = argument(call, 1, "native");
		return native && asBoolean(native) === false
			? undetermined(call, native, "other")
			: made("uuid", call.at);
	},
	EmailType: upTo(255, "length"),
	URLType: fixed("text", "string"),
	ScalarListType: fixed("text", "string"),
	JSONType: fixed("json"),
	ArrowType: temporal("timestamp"),
	EnrichedDateTimeType: temporal("timestamp"),
	EnrichedDateType: fixed("date"),
	LtreeType: fixed("ltree"),
	TSVectorType: fixed("tsvector"),
	IPAddressType: upTo(50, "max_length"),
	ColorType: upTo(20, "max_length"),
	PhoneNumberType: (call) => {
		const length = call.keywords.get("max_length") ?? call.args[1];
		const stated = length ? asNumber(length) : 20;
		if (stated === undefined) return undetermined(call, length, "string");
		return made("character varying", call.at, { args: [stated] }, "string");
	},
	LocaleType: upTo(10),
	TimezoneType: upTo(50),
	CountryType: upTo(2),
	CurrencyType: upTo(3),
	WeekDaysType: (call) => made("bit", call.at, { args: [7] }),
	PasswordType: fixed("bytea"),
	EncryptedType: fixed("bytea"),
	StringEncryptedType: varcharOnly,
	IntRangeType: fixed("int4range"),
	Int8RangeType: fixed("int8range"),
	NumericRangeType: fixed("numrange"),
	DateRangeType: fixed("daterange"),
	DateTimeRangeType: fixed("tsrange"),
};

function varcharOnly(call: TypeCall): ColumnType {
	return made("character varying", call.at, { unstated: true }, "string");
}

const ADVANCED: Readonly<Record<string, Maker>> = {
	GUID: fixed("uuid"),
	DateTimeUTC: zoned,
	JsonB: fixed("jsonb"),
	BigIntIdentity: fixed("bigint", "integer"),
	EncryptedString: varcharOnly,
	EncryptedText: fixed("text", "string"),
};

function family(root: string, makers: Readonly<Record<string, Maker>>): [string, Maker][] {
	return Object.entries(makers).map(([name, maker]) => [`${root}.${name}`, maker]);
}

/** By symbol: the library's name and the type's, whichever module it was imported from. */
export const LIBRARY_TYPES: ReadonlyMap<string, Maker> = new Map([
	...family("pgvector", {
		Vector: dimensioned("vector"),
		VECTOR: dimensioned("vector"),
		HALFVEC: dimensioned("halfvec"),
		HalfVector: dimensioned("halfvec"),
		SPARSEVEC: dimensioned("sparsevec"),
		SparseVector: dimensioned("sparsevec"),
		BIT: bit,
	}),
	...family("sqlmodel", { AutoString: varchar }),
	...family("sqlalchemy_utils", UTILS),
	...family("sqlalchemy_json", {
		NestedMutableJson: fixed("json"),
		MutableJson: fixed("json"),
	}),
	...family("geoalchemy2", { Geometry: spatial("geometry"), Geography: spatial("geography") }),
	...family("advanced_alchemy", ADVANCED),
	...family("litestar", ADVANCED),
	...family("fastapi_users_db_sqlalchemy", { GUID: fixed("uuid"), TIMESTAMPAware: temporal("timestamp") }),
	...family("fastapi_users", { GUID: fixed("uuid"), TIMESTAMPAware: temporal("timestamp") }),
	...family("flask_security", { AsaList: fixed("text", "string") }),
	...family("citext", { CIText: fixed("citext", "string") }),
]);
