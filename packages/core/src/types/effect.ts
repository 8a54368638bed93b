/**
 * What a program that takes a column for one type meets when the database has another. SQLSTATEs after the Postgres
 * manual, appendix "PostgreSQL Error Codes"; which operators exist between types after pg_operator.
 */
import type { Severity, TypeValue } from "../model/snapshot.js";
import {
	amongLists,
	fractionEffect,
	incomparableEffect,
	jsonEffect,
	listEffect,
	type Meeting,
	userTypeEffect,
} from "./bound-effect.js";
import { type Family, familyOf, INTEGERS, STAMPS } from "./families.js";
import { shortType } from "./format.js";

export interface TypeEffect {
	readonly severity: Severity;
	readonly text: string;
}

/**
 * The worst that happens to a program whose model says `program` on a column that is `store`; `meeting` tells how it sends
 * its values, and which of the types are enums.
 */
export function typeEffect(program: TypeValue, store: TypeValue, meeting: Meeting = {}): TypeEffect {
	if (program.dimensions > 0 !== store.dimensions > 0) return listEffect(program, store, meeting);
	return amongLists(effectOf(program, store, meeting), program, store, meeting);
}

function effectOf(program: TypeValue, store: TypeValue, meeting: Meeting): TypeEffect {
	const theirs = shortType(store);
	const from = familyOf(program);
	const to = familyOf(store);
	if (from === to) return within(from, program, store, meeting);
	if (from === "user" || to === "user") return userTypeEffect(program, store, meeting);
	if (to === "numeric" && from === "float") {
		return {
			severity: "high",
			text: `it reads ${theirs} as a binary float: sums of money and comparisons lose precision`,
		};
	}
	if (to === "float" && from === "numeric") {
		return {
			severity: "high",
			text: `the column is ${theirs}: the exact decimals that it writes come back rounded`,
		};
	}
	if (to === "integer" && (from === "numeric" || from === "float")) return fractionEffect(store, meeting);
	if (from === "integer" && (to === "numeric" || to === "float")) {
		return {
			severity: "high",
			text: `the column is ${theirs}: its model takes values with fractions for whole numbers`,
		};
	}
	return convertedEffect(program, store) ?? incomparableEffect(program, store, meeting);
}

/** Types of different kinds that Postgres compares all the same, by a cast of its own (pg_cast, pg_operator). */
const CONVERTED = [
	["time without time zone", "time with time zone"],
	["time without time zone", "interval"],
	["bit", "bit varying"],
	["inet", "cidr"],
	["integer", "oid"],
];

function convertedEffect(program: TypeValue, store: TypeValue): TypeEffect | undefined {
	if (store.name === "date" && STAMPS.includes(program.name)) {
		return { severity: "high", text: "the column is date: the time of day that it writes is cut off" };
	}
	if (program.name === "date" && STAMPS.includes(store.name)) {
		return {
			severity: "high",
			text: `the column is ${shortType(store)}: its model drops the time of day, and comparisons with a date miss rows`,
		};
	}
	const isConverted = CONVERTED.some((pair) => pair.includes(program.name) && pair.includes(store.name));
	if (!isConverted) return undefined;
	return {
		severity: "medium",
		text: `the column is ${shortType(store)}, its model says ${shortType(program)}: Postgres converts values, and they may not come back as they were written`,
	};
}

function within(family: Family, program: TypeValue, store: TypeValue, meeting: Meeting): TypeEffect {
	const ours = shortType(program);
	const theirs = shortType(store);
	switch (family) {
		case "integer":
			return INTEGERS.indexOf(program.name) < INTEGERS.indexOf(store.name)
				? {
						severity: "high",
						text: `values beyond the range of ${ours} overflow in that program: the column is ${theirs}`,
					}
				: {
						severity: "medium",
						text: `the column is ${theirs}: larger values that its model allows are refused (22003)`,
					};
		case "float":
			return {
				severity: "medium",
				text: `the column is ${theirs}, its model says ${ours}: values change in their last digits on the way`,
			};
		case "numeric":
			return numericEffect(program, store);
		case "text":
			return textEffect(program, store);
		case "json":
			return jsonEffect(store, meeting);
		case "timestamp":
			return stampEffect(program, store);
		case "vector":
			return {
				severity: "critical",
				text: `the column is ${theirs}: a ${ours} does not fit into it (22000)`,
			};
		case "user":
			return otherNameEffect(program, store, meeting);
		default:
			return program.name === store.name
				? {
						severity: "low",
						text: `the column is ${theirs}, its model says ${ours}: only the precision differs`,
					}
				: (convertedEffect(program, store) ?? incomparableEffect(program, store, meeting));
	}
}

/** Two types of the project: one under two names, or another. */
function otherNameEffect(program: TypeValue, store: TypeValue, meeting: Meeting): TypeEffect {
	if (meeting.ours && meeting.binding) return userTypeEffect(program, store, meeting);
	return {
		severity: "high",
		text: `it names the type ${shortType(program)}, the column is ${shortType(store)}: casts to a type that does not exist fail (42704)`,
	};
}

function numericEffect(program: TypeValue, store: TypeValue): TypeEffect {
	const [ours = Number.POSITIVE_INFINITY, ourScale = Number.POSITIVE_INFINITY] = numbers(program);
	const [theirs = Number.POSITIVE_INFINITY, theirScale = Number.POSITIVE_INFINITY] = numbers(store);
	if (ours - ourScale > theirs - theirScale || (ours === Number.POSITIVE_INFINITY && theirs !== ours)) {
		return {
			severity: "high",
			text: `the column is ${shortType(store)}: larger numbers that its ${shortType(program)} allows are refused (22003)`,
		};
	}
	if (ourScale > theirScale) {
		return {
			severity: "high",
			text: `the column is ${shortType(store)}: decimals that its ${shortType(program)} allows are rounded away`,
		};
	}
	return {
		severity: "medium",
		text: `its ${shortType(program)} is narrower than the column's ${shortType(store)}: it may not hold what others write`,
	};
}

function textEffect(program: TypeValue, store: TypeValue): TypeEffect {
	const ours = lengthOf(program);
	const theirs = lengthOf(store);
	if (program.name === "citext" || store.name === "citext") {
		return {
			severity: "medium",
			text: `the column is ${shortType(store)}, its model says ${shortType(program)}: only citext ignores case in comparisons`,
		};
	}
	if (theirs < ours) {
		return {
			severity: "high",
			text: `the column is ${shortType(store)}: longer values, which its ${shortType(program)} allows, are refused (22001)`,
		};
	}
	if (program.name === "character" || store.name === "character") {
		return {
			severity: "medium",
			text: `the column is ${shortType(store)}, its model says ${shortType(program)}: char pads with spaces, and comparisons ignore them`,
		};
	}
	return {
		severity: "low",
		text: `its ${shortType(program)} is shorter than the column's ${shortType(store)}: others may write longer values`,
	};
}

function stampEffect(program: TypeValue, store: TypeValue): TypeEffect {
	if (program.name !== store.name) {
		return {
			severity: "high",
			text: `the column is ${shortType(store)}, its model says ${shortType(program)}: values shift by the session's time zone`,
		};
	}
	return {
		severity: "low",
		text: `the column is ${shortType(store)}, its model says ${shortType(program)}: fractions of a second are kept to another precision`,
	};
}

function lengthOf(type: TypeValue): number {
	const [length = Number.POSITIVE_INFINITY] = numbers(type);
	return length;
}

function numbers(type: TypeValue): number[] {
	return (type.args ?? []).map(Number).filter((value) => Number.isFinite(value));
}
