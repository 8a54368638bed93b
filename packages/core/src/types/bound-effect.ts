/**
 * What a program meets on a column of a type that Postgres does not compare with its own: it depends on whether the
 * program's parameters have types (docs/consequences.md, tests/oracles/consequences). Where nobody knows how a program
 * sends its values, the worst counts.
 */
import type { Binding, TypeValue } from "../model/snapshot.js";
import type { TypeEffect } from "./effect.js";
import { FLOATS, INTEGERS, STAMPS, TEXTS } from "./families.js";
import { shortType } from "./format.js";

/** What is known of a program and of the two types beside their names. */
export interface Meeting {
	/** How the program sends its values. */
	readonly binding?: Binding;
	/** The labels of the program's type, where it is an enum. */
	readonly ours?: readonly string[];
	/** The labels of the column's type, where it is an enum. */
	readonly theirs?: readonly string[];
	/** Whether the database has a type of the name of the program's; `undefined`: not known. */
	readonly hasOurs?: boolean;
}

const isText = ({ name, dimensions }: TypeValue): boolean => dimensions === 0 && TEXTS.includes(name);
const isNumber = ({ name }: TypeValue): boolean =>
	INTEGERS.includes(name) || FLOATS.includes(name) || name === "numeric";
const isTime = ({ name }: TypeValue): boolean =>
	STAMPS.includes(name) || /^(date|time|interval)\b/.test(name);

/** Postgres refuses texts that are no dates or times with a code of their own. */
const refusal = (type: TypeValue): string => (isTime(type) ? "22007" : "22P02");

/** Types between which there is neither an operator nor a cast on assignment, but for text, which takes anything. */
export function incomparableEffect(program: TypeValue, store: TypeValue, { binding }: Meeting): TypeEffect {
	const ours = shortType(program);
	const theirs = shortType(store);
	if (binding === undefined) return unknownEffect(program, store);
	const isOpen = binding.values === "inferred" || (binding.values === "literal" && isText(program));
	if (isOpen) return openEffect(program, store);
	if (isText(store)) {
		return {
			severity: "critical",
			text: `it sends ${ours}, the column is ${theirs}: filters by it and joins with such columns fail (42883), and nothing keeps other values out`,
		};
	}
	return {
		severity: "critical",
		text: isAssigned(program, store)
			? `it sends ${ours}, the column is ${theirs}: filters by it and joins with such columns fail (42883), and what it writes is converted`
			: `it sends ${ours}, the column is ${theirs}: writes fail (42804), and so do filters by it and joins with such columns (42883)`,
	};
}

/** Types that Postgres converts on assignment, although it does not compare them (pg_cast): from, to. */
const ASSIGNED = [
	["integer", "money"],
	["bigint", "money"],
	["numeric", "money"],
	["money", "numeric"],
	["timestamp without time zone", "time without time zone"],
	["timestamp with time zone", "time without time zone"],
	["timestamp with time zone", "time with time zone"],
	["macaddr", "macaddr8"],
	["macaddr8", "macaddr"],
];

function isAssigned(program: TypeValue, store: TypeValue): boolean {
	const both = program.dimensions > 0 && store.dimensions > 0;
	if (both && TEXTS.includes(store.name)) return true;
	if (program.dimensions > 0 || store.dimensions > 0) return false;
	return ASSIGNED.some(([from, to]) => program.name === from && store.name === to);
}

/** Lists compare with lists of one type of element only, also where the elements would compare. */
export function amongLists(
	effect: TypeEffect,
	program: TypeValue,
	store: TypeValue,
	{ binding }: Meeting,
): TypeEffect {
	const isSaid = effect.text.includes("42883");
	const isSent = binding !== undefined && binding.values !== "inferred";
	if (isSaid || !isSent || store.dimensions === 0 || program.name === store.name) return effect;
	return {
		severity: effect.severity === "critical" ? "critical" : "high",
		text: `${effect.text}; filters by a ${shortType(program)} fail (42883): lists compare with lists of one type only`,
	};
}

function unknownEffect(program: TypeValue, store: TypeValue): TypeEffect {
	const ours = shortType(program);
	const theirs = shortType(store);
	const values = isText(store)
		? `the column may hold values that are no ${ours}`
		: `values that are no valid ${theirs} are refused (22P02, 42804)`;
	return {
		severity: "critical",
		text: `filters by typed parameters and joins fail (42883: ${theirs} does not compare with ${ours}), and ${values}`,
	};
}

/** Postgres takes the value for what it meets. */
function openEffect(program: TypeValue, store: TypeValue): TypeEffect {
	const ours = shortType(program);
	const theirs = shortType(store);
	const join = `the column does not compare with one of type ${ours} (42883)`;
	if (isText(program)) {
		const refused =
			store.name === "bytea" ? "" : `what is no valid ${theirs} is refused (${refusal(store)}), and `;
		return {
			severity: "medium",
			text: `Postgres reads the texts that it sends as ${theirs}: ${refused}${join}`,
		};
	}
	if (isText(store)) {
		const order = isNumber(program) ? "it compares and sorts them letter by letter ('10' before '9'), " : "";
		return {
			severity: isNumber(program) ? "high" : "medium",
			text: `Postgres reads what it sends as text: ${order}values that are no ${ours} are accepted, and ${join}`,
		};
	}
	if (store.name === "boolean" && INTEGERS.includes(program.name)) {
		return {
			severity: "high",
			text: "the column is boolean: 0 and 1 become false and true, other numbers are refused (22P02), and reads give true and false",
		};
	}
	if (store.name.startsWith("json") && (isNumber(program) || program.name === "boolean")) {
		return { severity: "medium", text: `the column is ${theirs}: other values than ${ours} can come back` };
	}
	return {
		severity: "critical",
		text: `Postgres reads what it sends as ${theirs} and refuses it (${refusal(store)}), and ${join}`,
	};
}

/** Fractions on their way into an integer column: a typed number is cast, an open one is read as an integer. */
export function fractionEffect(store: TypeValue, { binding }: Meeting): TypeEffect {
	const happens = {
		typed: "are rounded away",
		literal: "are rounded away",
		inferred: "are refused (22P02)",
	};
	const what = binding ? happens[binding.values] : "are rounded away or refused (22P02)";
	return {
		severity: "high",
		text: `the column is ${shortType(store)}: fractions that it writes ${what}`,
	};
}

/** `json` against `jsonb`, the only two of their family. */
export function jsonEffect(store: TypeValue, { binding }: Meeting): TypeEffect {
	if (store.name === "json") {
		return {
			severity: "medium",
			text: "the column is json: it has none of jsonb's operators, equality among them (42883)",
		};
	}
	return binding === undefined || binding.values === "inferred"
		? {
				severity: binding ? "low" : "medium",
				text: "the column is jsonb: key order and duplicates are not kept",
			}
		: {
				severity: "medium",
				text: "it sends json, the column is jsonb: equality with it fails (42883), and key order and duplicates are not kept",
			};
}

/** A list against a single value. */
export function listEffect(program: TypeValue, store: TypeValue, { binding }: Meeting): TypeEffect {
	const ours = shortType(program);
	const theirs = shortType(store);
	if (binding && program.dimensions > 0 && isText(store)) {
		return binding.values === "inferred"
			? {
					severity: "high",
					text: `a list is kept as one text ('{a,b}'): the operators of lists fail on it (42883), and whoever else reads it gets a text`,
				}
			: {
					severity: "critical",
					text: `it sends ${ours}, the column is ${theirs}: filters by it fail (42883), and a list comes back as a text`,
				};
	}
	if (binding?.values === "typed") return incomparableEffect(program, store, { binding });
	return {
		severity: "critical",
		text: `it sends ${ours} where the column is ${theirs}: reads and writes fail (22P02 or 42804)`,
	};
}

/** A type of the project, an enum most likely, on either side. */
export function userTypeEffect(program: TypeValue, store: TypeValue, meeting: Meeting): TypeEffect {
	if (meeting.theirs && isText(program) && meeting.binding) return textForEnum(store, meeting.binding);
	if (meeting.ours && meeting.binding) return enumFor(program, store, meeting.binding, meeting);
	const ours = shortType(program);
	const theirs = shortType(store);
	if (meeting.theirs || !isText(store)) {
		return {
			severity: "high",
			text: `the column is of the type ${theirs}, its model says ${ours}: typed parameters do not compare or convert (42883, 42804), and values that the type does not have are refused (22P02)`,
		};
	}
	return {
		severity: "high",
		text: `it casts to ${ours}, but the column is ${theirs}: queries fail where the type does not exist (42704) or does not compare (42883), and nothing keeps other values out`,
	};
}

function textForEnum(store: TypeValue, binding: Binding): TypeEffect {
	const theirs = shortType(store);
	return binding.values === "typed"
		? {
				severity: "critical",
				text: `it sends texts, the column is of the enum type ${theirs}: writes fail (42804), and so do filters by it (42883)`,
			}
		: {
				severity: "medium",
				text: `the column is of the enum type ${theirs}: texts that are none of its labels are refused (22P02), and it does not compare with a text column (42883)`,
			};
}

function enumFor(program: TypeValue, store: TypeValue, binding: Binding, meeting: Meeting): TypeEffect {
	const ours = shortType(program);
	const theirs = shortType(store);
	if (binding.enums === "typed") {
		const casts = `it casts to ${ours}, the column is ${theirs}`;
		if (meeting.hasOurs === false) {
			return {
				severity: "critical",
				text: `${casts}: every statement with a value of it fails (42704: type does not exist)`,
			};
		}
		const fails = isText(store)
			? "filters by it fail (42883), and nothing keeps other values out"
			: "writes fail (42804), and so do filters by it (42883)";
		return { severity: "critical", text: `${casts}: ${fails}` };
	}
	if (isText(store)) {
		return {
			severity: "medium",
			text: `it sends labels of ${ours}, the column is ${theirs}: nothing keeps other values out, and its model does not know them`,
		};
	}
	const unknown = meeting.theirs && meeting.ours?.filter((label) => !meeting.theirs?.includes(label));
	if (unknown?.length === 0) {
		return {
			severity: "low",
			text: `the type is called ${theirs} in the database: its statements never name it, but a migration generated from the model would change the column`,
		};
	}
	const labels = unknown?.map((label) => `'${label}'`).join(", ");
	return {
		severity: "high",
		text: `the column is of the type ${theirs}: ${labels ? `writing ${labels} fails` : "values that the type does not have are refused"} (22P02)`,
	};
}
