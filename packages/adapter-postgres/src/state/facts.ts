/** Facts of a source that has one place for all: each is made once and shared, since a large database says the same of much. */
import type { DefaultValue, ExpressionValue, Json, Origin, TypeValue } from "@schemalign/core";

interface FactOf<T> {
	readonly value: T;
	readonly at: Origin;
}

/** Gives the fact of a value, always the same one; objects are known by their identity. */
function shared<T extends Json>(at: Origin): (value: T) => FactOf<T> {
	const facts = new Map<T, FactOf<T>>();
	return (value) => {
		const known = facts.get(value);
		if (known) return known;
		const fact = { value, at };
		facts.set(value, fact);
		return fact;
	};
}

/** The facts that many entities have in common. */
export class Facts {
	/** There is none. */
	readonly none: FactOf<null>;
	readonly flag: (value: boolean) => FactOf<boolean>;
	readonly number: (value: number) => FactOf<number>;
	/** Of a few texts: an action, a method. A name is not shared. */
	readonly word: (value: string) => FactOf<string>;
	readonly type: (value: TypeValue) => FactOf<TypeValue>;
	readonly default: (value: DefaultValue) => FactOf<DefaultValue>;
	readonly expression: (value: ExpressionValue) => FactOf<ExpressionValue>;
	/** An empty list. */
	readonly noTexts: FactOf<readonly string[]>;
	/** What enforces uniqueness. */
	readonly byConstraint: FactOf<"constraint">;
	readonly byIndex: FactOf<"index">;

	constructor(readonly at: Origin) {
		this.none = { value: null, at };
		this.noTexts = { value: [], at };
		this.byConstraint = { value: "constraint", at };
		this.byIndex = { value: "index", at };
		this.flag = shared(at);
		this.number = shared(at);
		this.word = shared(at);
		this.type = shared(at);
		this.default = shared(at);
		this.expression = shared(at);
	}

	/** A fact of this value alone. */
	own<T extends Json>(value: T): FactOf<T> {
		return { value, at: this.at };
	}

	/** A text that mostly is not there. */
	maybe(value: string | null): FactOf<string | null> {
		return value === null ? this.none : this.own(value);
	}
}
