/** SQLAlchemy's `Enum` and the dialect's `ENUM`: native types with labels, or VARCHAR with an optional CHECK. */
import { makeType, type Origin } from "@schemalign/core";
import type { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import {
	asBoolean,
	asNumber,
	asString,
	calledPath,
	isNone,
	iterate,
	type Value,
} from "../evaluate/values.js";
import { type ColumnType, type EnumModel, type Known, known, notKnown } from "./model.js";

interface EnumCall {
	readonly args: readonly Value[];
	readonly keywords: ReadonlyMap<string, Value>;
	readonly at: Origin;
	readonly evaluator: Evaluator;
	readonly open?: string;
}

/** The type of `Enum(…)`. Labels of a Python enum are its members' names, unless `values_callable` says otherwise. */
export function readEnumType(symbol: string, call: EnumCall): ColumnType {
	const source = call.args[0];
	const labels = labelsOf(call);
	const native = call.keywords.get("native_enum");
	if (symbol === "sa.Enum" && native && asBoolean(native) === false) return varcharEnum(call, labels);
	if (symbol === "sa.Enum" && native && asBoolean(native) === undefined) {
		return { type: notKnown("native_enum cannot be evaluated", call.at), affinity: "string" };
	}
	const name = nameOf(call, source);
	const schema = schemaOf(call);
	if (typeof schema === "object") return { type: schema, affinity: "string" };
	const className = pythonEnumName(source);
	const model: EnumModel = {
		name,
		labels,
		at: source?.is === "class" ? source.class.at : call.at,
		...(schema ? { schema } : {}),
		...(className ? { alias: className } : {}),
	};
	if ("unknown" in name) return { type: name, affinity: "string" };
	const type = makeType(name.known, { schema: schema ?? "public" });
	return { type: known(type), affinity: "string", enum: model };
}

function schemaOf(call: EnumCall): string | undefined | { unknown: string; at: Origin } {
	const value = call.keywords.get("schema");
	if (!value || isNone(value)) {
		const inherits = call.keywords.get("inherit_schema");
		if (inherits && asBoolean(inherits) !== false)
			return notKnown("the enum takes its table's schema", call.at);
		return undefined;
	}
	return asString(value) ?? notKnown("the enum's schema cannot be evaluated", call.at);
}

function nameOf(call: EnumCall, source: Value | undefined): Known<string> {
	const value = call.keywords.get("name");
	if (value && !isNone(value)) {
		const name = asString(value);
		return name === undefined
			? notKnown(value.is === "unknown" ? value.why : "the enum's name cannot be evaluated", call.at)
			: known(name);
	}
	const className = pythonEnumName(source);
	if (className !== undefined)
		return known(className.toLowerCase(), "the lower-case name of the Python enum");
	return notKnown("the enum has no name", call.at);
}

function pythonEnumName(source: Value | undefined): string | undefined {
	if (source?.is === "class" && source.class.isEnum()) return source.class.name;
	if (source?.is === "call" && isFunctionalEnum(source)) return asString(source.args[0]);
	return undefined;
}

function isFunctionalEnum(value: Value): boolean {
	return /^enum\.(Str|Int)?Enum$/.test(calledPath(value) ?? "");
}

function labelsOf(call: EnumCall): Known<readonly string[]> {
	const { args, keywords, at, evaluator } = call;
	const [source] = args;
	if (call.open) return notKnown(call.open, at);
	const callable = keywords.get("values_callable");
	if (source?.is === "class" || (source && isFunctionalEnum(source))) {
		if (callable && !isNone(callable)) {
			const result = evaluator.call(callable, { positional: [source], keywords: new Map() }, at);
			return texts(iterate(result), result, at);
		}
		const names = source.is === "class" ? memberNames(source.class) : functionalNames(source);
		return names ? known(names) : notKnown("the enum's members cannot be evaluated", at);
	}
	if (source?.is === "external") {
		return notKnown(`${source.path.split(".").at(-1)} is not in the repository`, at);
	}
	return texts(args, source, at);
}

/** With `omit_aliases=False` aliases count, too; that is rare enough to stay unread. */
function memberNames(cls: PythonClass): readonly string[] | undefined {
	const members = cls.members();
	return members && members.length > 0 ? members.map(({ name }) => name) : undefined;
}

function functionalNames(value: Value): readonly string[] | undefined {
	const names = value.is === "call" ? value.args[1] : undefined;
	const text = asString(names);
	if (text !== undefined) return text.split(/[\s,]+/).filter((part) => part !== "");
	const items = names ? iterate(names) : undefined;
	const labels = items?.map((item) => asString(item.is === "sequence" ? item.items[0] : item));
	return labels?.every((label): label is string => label !== undefined) ? labels : undefined;
}

function texts(
	items: readonly Value[] | undefined,
	whole: Value | undefined,
	at: Origin,
): Known<readonly string[]> {
	const labels = items?.map((item) => asString(item));
	if (labels && labels.length > 0 && labels.every((label): label is string => label !== undefined)) {
		return known(labels);
	}
	const reason = [...(items ?? []), ...(whole ? [whole] : [])].find((item) => item.is === "unknown");
	return notKnown(reason?.is === "unknown" ? reason.why : "the enum's labels cannot be evaluated", at);
}

function varcharEnum(call: EnumCall, labels: Known<readonly string[]>): ColumnType {
	const stated = asNumber(call.keywords.get("length"));
	if ("unknown" in labels) return { type: labels, affinity: "string" };
	const longest = Math.max(0, ...labels.known.map((label) => label.length));
	const type = makeType("character varying", { args: [Math.max(stated ?? longest, longest)] });
	const name = asString(call.keywords.get("name"));
	const constrained = asBoolean(call.keywords.get("create_constraint")) === true;
	return {
		type: known(type),
		affinity: "string",
		...(constrained ? { check: { labels: labels.known, ...(name === undefined ? {} : { name }) } } : {}),
	};
}
