/** TypeORM's tables, columns and constraints as values of the followed programs. */
import { messageOf, type Origin } from "@schemalign/core";
import {
	Callable,
	Dict,
	type Foreign,
	isForeign,
	List,
	Text,
	Unknown,
	type Value,
} from "../evaluate/values.js";
import { Undetermined } from "./recording.js";
import {
	Table,
	TableCheck,
	TableColumn,
	TableExclusion,
	TableForeignKey,
	TableIndex,
	TableUnique,
	View,
} from "./typeorm-engine.js";

/** The name of a column, constraint or index to the place where it is written. */
export type Places = Map<string, Origin>;

/** Turns values into what TypeORM takes. */
export interface Conversion {
	/** An SQL expression that stands for what is not known. */
	placeholder(unknown: Unknown): string;
	readonly places: Places;
}

/** Where SQL takes an expression, one that is not known can stand. */
const EXPRESSIONS = new Set(["default", "expression", "asExpression", "where", "check"]);
const NAMES = new Set(["name", "columnNames", "primaryKeyConstraintName", "foreignKeyConstraintName"]);

/** @throws Undetermined where a part is not known that decides what TypeORM runs */
export function toPlain(value: Value, conversion: Conversion, key = ""): unknown {
	if (value instanceof Text) {
		const at = value.originAt(0);
		if (at && NAMES.has(key) && !conversion.places.has(value.value)) conversion.places.set(value.value, at);
		return value.value;
	}
	if (value instanceof Unknown) {
		if (EXPRESSIONS.has(key)) return `${conversion.placeholder(value)}()`;
		throw new Undetermined(key ? `its ${key} is not known: ${value.why}` : value.why);
	}
	if (value instanceof EngineObject) {
		for (const [name, at] of value.places) if (!conversion.places.has(name)) conversion.places.set(name, at);
		return value.target;
	}
	if (value instanceof List) {
		if (value.open) throw new Undetermined(`${key || "a list"} may have further items: ${value.open.why}`);
		return value.items.map((item) => toPlain(item, conversion, key));
	}
	if (value instanceof Dict) {
		if (value.open) throw new Undetermined(`it may have further properties: ${value.open.why}`);
		return Object.fromEntries(
			[...value.fields].map(([name, field]) => [name, toPlain(field, conversion, name)]),
		);
	}
	if (value instanceof Callable || isForeign(value))
		throw new Undetermined("a function or class is given to TypeORM");
	return value;
}

/** What TypeORM gives, as a value. */
export function fromPlain(plain: unknown, at: Origin): Value {
	if (typeof plain === "string") return new Text(plain);
	if (plain === null || plain === undefined || typeof plain === "number" || typeof plain === "boolean")
		return plain;
	if (Array.isArray(plain)) return new List(plain.map((item) => fromPlain(item, at)));
	if (typeof plain === "object") return new EngineObject(plain, new Map());
	return new Unknown("a value of TypeORM's", at);
}

/** Methods of TypeORM's objects that only read or copy. */
const METHODS = /^(?:find\w*|clone)$/;

export class EngineObject implements Foreign {
	readonly foreign = true;
	constructor(
		readonly target: object,
		readonly places: Places,
	) {}

	member(name: string, at: Origin): Value {
		const found: unknown = Reflect.get(this.target, name);
		if (typeof found !== "function") return fromPlain(found, at);
		if (!METHODS.test(name)) return new Unknown(`the method ${name} of an object of TypeORM's`, at);
		return Callable.native((args, place) => {
			const conversion = { placeholder: () => "", places: new Map() };
			try {
				const result: unknown = Reflect.apply(
					found,
					this.target,
					args.map((arg) => toPlain(arg, conversion)),
				);
				const made = fromPlain(result, place);
				return made instanceof EngineObject ? new EngineObject(made.target, this.places) : made;
			} catch (error) {
				return new Unknown(messageOf(error), place);
			}
		});
	}

	assign(name: string, value: Value): void {
		const conversion = { placeholder: () => "", places: this.places };
		if (value instanceof Unknown) return;
		Reflect.set(this.target, name, toPlain(value, conversion, name));
	}
}

const CLASSES = {
	Table,
	TableCheck,
	TableColumn,
	TableExclusion,
	TableForeignKey,
	TableIndex,
	TableUnique,
	View,
};

/** What `typeorm` exports, as far as migrations use it. */
export function typeormPackage(placeholder: (unknown: Unknown) => string): Foreign {
	return {
		foreign: true,
		member: (name, at) => {
			const of = Object.entries(CLASSES).find(([own]) => own === name)?.[1];
			return of ? engineClass(of, placeholder) : new Unknown(`TypeORM's ${name}`, at);
		},
	};
}

function engineClass(of: new (options: never) => object, placeholder: (unknown: Unknown) => string): Foreign {
	return {
		foreign: true,
		member: (name, at) => new Unknown(`the static ${name} of a class of TypeORM's`, at),
		construct: (args, at) => {
			const places: Places = new Map();
			try {
				const options = args.map((arg) => toPlain(arg, { placeholder, places }));
				const made: unknown = Reflect.construct(of, options);
				return typeof made === "object" && made !== null ? new EngineObject(made, places) : undefined;
			} catch (error) {
				return new Unknown(messageOf(error), at);
			}
		},
	};
}
