/** How the constructors of types read their arguments. */
import { makeType, type Origin } from "@schemalign/core";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asBoolean, asNumber, asString, isNone, type Value } from "../evaluate/values.js";
import { type Affinity, type ColumnType, known, notKnown } from "./model.js";

/** What a type constructor was given. */
export interface TypeCall {
	readonly args: readonly Value[];
	readonly keywords: ReadonlyMap<string, Value>;
	readonly at: Origin;
	readonly evaluator: Evaluator;
	/** Why arguments may be missing from these. */
	readonly open?: string;
}

export type Maker = (call: TypeCall) => ColumnType;

const UNREAD = "the type's arguments cannot be evaluated";

export function made(
	name: string,
	at: Origin,
	options: Parameters<typeof makeType>[1] = {},
	affinity: Affinity = "other",
): ColumnType {
	void at;
	return { type: known(makeType(name, options)), affinity };
}

export function fixed(name: string, affinity: Affinity = "other"): Maker {
	return ({ at }) => made(name, at, {}, affinity);
}

/** The argument at `position` or by name; `null` if it was given and is None. */
export function argument(call: TypeCall, position: number, name: string): Value | undefined {
	return call.keywords.get(name) ?? call.args[position];
}

export function undetermined(call: TypeCall, value: Value | undefined, affinity: Affinity): ColumnType {
	const why = value?.is === "unknown" ? value.why : UNREAD;
	return { type: notKnown(why, call.at), affinity };
}

/** A type with one optional length, whose bare form leaves it open. */
export function sized(name: string, affinity: Affinity = "string"): Maker {
	return (call) => {
		const value = argument(call, 0, "length");
		const collation = asString(argument(call, 1, "collation"));
		const extra = collation === undefined ? {} : { collation };
		if (!value && call.open) return undetermined(call, undefined, affinity);
		if (!value || isNone(value)) return { ...made(name, call.at, { unstated: true }, affinity), ...extra };
		const length = asNumber(value);
		if (length === undefined) return undetermined(call, value, affinity);
		return { ...made(name, call.at, { args: [length] }, affinity), ...extra };
	};
}

export const textual: Maker = (call) => {
	const collation = asString(call.keywords.get("collation"));
	return { ...made("text", call.at, {}, "string"), ...(collation === undefined ? {} : { collation }) };
};

export const numeric: Maker = (call) => {
	const [precision, scale] = [argument(call, 0, "precision"), argument(call, 1, "scale")];
	if (!precision || isNone(precision)) return made("numeric", call.at, { unstated: true }, "numeric");
	const p = asNumber(precision);
	const s = !scale || isNone(scale) ? undefined : asNumber(scale);
	if (p === undefined || (scale && !isNone(scale) && s === undefined)) {
		return undetermined(call, p === undefined ? precision : scale, "numeric");
	}
	return made("numeric", call.at, { args: s === undefined ? [p] : [p, s] }, "numeric");
};

export const float: Maker = (call) => {
	const value = argument(call, 0, "precision");
	if (!value || isNone(value)) return made("double precision", call.at, {}, "numeric");
	const precision = asNumber(value);
	if (precision === undefined) return undetermined(call, value, "numeric");
	return made("float", call.at, { args: [precision] }, "numeric");
};

export function temporal(base: "timestamp" | "time"): Maker {
	return (call) => {
		const zone = argument(call, 0, "timezone");
		const precision = asNumber(call.keywords.get("precision") ?? call.args[1]);
		const zoned = zone ? asBoolean(zone) : false;
		if (zoned === undefined) return undetermined(call, zone, "other");
		const name = `${base} ${zoned ? "with" : "without"} time zone`;
		return made(name, call.at, precision === undefined ? {} : { args: [precision] });
	};
}

export const interval: Maker = (call) => {
	const native = call.keywords.get("native") ?? call.args[0];
	if (native && asBoolean(native) === false) return made("timestamp without time zone", call.at);
	const precision = asNumber(call.keywords.get("second_precision") ?? call.keywords.get("precision"));
	return made("interval", call.at, precision === undefined ? {} : { args: [precision] });
};

export const pgInterval: Maker = (call) => {
	const precision = asNumber(argument(call, 0, "precision"));
	if (call.keywords.has("fields"))
		return { type: notKnown("an interval with fields", call.at), affinity: "other" };
	return made("interval", call.at, precision === undefined ? {} : { args: [precision] });
};

export const bit: Maker = (call) => {
	const length = asNumber(argument(call, 0, "length"));
	const varying = asBoolean(argument(call, 1, "varying")) ?? false;
	return made(varying ? "bit varying" : "bit", call.at, length === undefined ? {} : { args: [length] });
};

export const uuid: Maker = (call) => {
	const native = call.keywords.get("native_uuid");
	if (native && asBoolean(native) === false) return made("character", call.at, { args: [32] }, "string");
	return made("uuid", call.at);
};

export function dimensioned(name: string): Maker {
	return (call) => {
		const [value] = [call.args[0] ?? call.keywords.get("dim") ?? call.keywords.get("length")];
		if (!value || isNone(value)) return made(name, call.at, { unstated: true });
		const size = asNumber(value);
		return size === undefined ? undetermined(call, value, "other") : made(name, call.at, { args: [size] });
	};
}

export const domain: Maker = (call) => {
	const name = asString(argument(call, 0, "name"));
	if (name === undefined) return undetermined(call, call.args[0], "other");
	return made(name, call.at, { schema: asString(call.keywords.get("schema")) ?? "public" });
};
