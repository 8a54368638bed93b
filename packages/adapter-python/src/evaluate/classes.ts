/** Classes of the repository: bases, method resolution order, attributes, enum members. */
import type { Origin } from "@schemalign/core";
import type { ClassDefinition } from "../syntax/ast.js";
import type { PythonModule } from "./module.js";
import { force, type Scope } from "./scope.js";
import { constant, externalPath, type Value } from "./values.js";

/** What a class derives from: a class of the repository, or something outside of it. */
export type Ancestor = PythonClass | Exclude<Value, { is: "class" }>;

const ENUM_BASES = /^(enum|builtins|strenum|backports\.strenum)\.(Enum|StrEnum|IntEnum|Flag|IntFlag)$/;
const MRO_LIMIT = 200;

export class PythonClass {
	/** `Class.attribute = value` written after the class. */
	readonly patches = new Map<string, { line: number; value: () => Value; file: string }>();
	#bases: readonly Value[] | undefined;
	#keywords: ReadonlyMap<string, Value> | undefined;
	#mro: readonly Ancestor[] | undefined;
	#members: readonly Extract<Value, { is: "member" }>[] | undefined | null = null;

	constructor(
		readonly definition: ClassDefinition,
		readonly module: PythonModule,
		/** The namespace of its body. */
		readonly scope: Scope,
		private readonly evaluateArgs: () => { bases: readonly Value[]; keywords: ReadonlyMap<string, Value> },
		readonly evaluateDecorators: () => readonly Value[],
	) {
		scope.owner = this;
	}

	get name(): string {
		return this.definition.name;
	}

	get at(): Origin {
		return { file: this.module.path, line: this.definition.line };
	}

	bases(): readonly Value[] {
		this.#evaluate();
		return this.#bases ?? [];
	}

	keywords(): ReadonlyMap<string, Value> {
		this.#evaluate();
		return this.#keywords ?? new Map();
	}

	#evaluate(): void {
		if (this.#bases) return;
		// A class that is among its own bases (a cycle) sees itself without any.
		this.#bases = [];
		const { bases, keywords } = this.evaluateArgs();
		this.#bases = bases;
		this.#keywords = keywords;
	}

	/** The class itself, then its ancestors, in an order that agrees with Python's C3 for consistent hierarchies. */
	mro(): readonly Ancestor[] {
		if (this.#mro) return this.#mro;
		this.#mro = [this];
		const parents = this.bases().map(ancestorOf);
		const sequences = [...parents.map((parent) => linearize(parent)), parents];
		this.#mro = [this, ...merge(sequences.map((sequence) => [...sequence]))].slice(0, MRO_LIMIT);
		return this.#mro;
	}

	/** The classes of the repository that it derives from, itself first. */
	ownMro(): PythonClass[] {
		return this.mro().filter((ancestor): ancestor is PythonClass => ancestor instanceof PythonClass);
	}

	/** The value that this class's own body (or a later patch) gives an attribute. */
	ownAttribute(name: string): Value | undefined {
		return this.patches.get(name)?.value() ?? this.scope.own(name);
	}

	/** An attribute along the method resolution order, with the class that defines it. */
	attribute(name: string): { value: Value; owner: PythonClass } | undefined {
		for (const owner of this.ownMro()) {
			const value = owner.ownAttribute(name);
			if (value) return { value, owner };
		}
		return undefined;
	}

	isEnum(): boolean {
		return this.mro().some(
			(ancestor) => !(ancestor instanceof PythonClass) && ENUM_BASES.test(externalPath(ancestor) ?? ""),
		);
	}

	/** An enum whose members are strings: `class A(str, Enum)` or `class A(StrEnum)`. */
	isStringEnum(): boolean {
		return (
			this.isEnum() &&
			this.mro().some(
				(ancestor) =>
					!(ancestor instanceof PythonClass) &&
					/^builtins\.str$|\.StrEnum$/.test(externalPath(ancestor) ?? ""),
			)
		);
	}

	/** An enum whose members are integers: `class A(int, Enum)` or `class A(IntEnum)`. */
	isIntegerEnum(): boolean {
		return (
			this.isEnum() &&
			this.mro().some(
				(ancestor) =>
					!(ancestor instanceof PythonClass) &&
					/^builtins\.int$|\.(IntEnum|IntFlag)$/.test(externalPath(ancestor) ?? ""),
			)
		);
	}

	/** The members of an enum class in order, aliases left out; `undefined` if it is no enum. */
	members(): readonly Extract<Value, { is: "member" }>[] | undefined {
		if (this.#members === null) this.#members = this.#readMembers();
		return this.#members;
	}

	#readMembers(): readonly Extract<Value, { is: "member" }>[] | undefined {
		if (!this.isEnum()) return undefined;
		const members: Extract<Value, { is: "member" }>[] = [];
		const lower = this.mro().some(
			(ancestor) => !(ancestor instanceof PythonClass) && /\.StrEnum$/.test(externalPath(ancestor) ?? ""),
		);
		for (const [name, bindings] of this.scope.bindings) {
			const last = bindings.filter((binding) => !binding.bare).at(-1);
			if (!last || name.startsWith("_")) continue;
			let value = force(name, last, this.scope);
			if (value.is === "function" || value.is === "class") continue;
			const at = this.scope.origin(last.line);
			if (value.is === "call" && externalPath(value.callee) === "enum.auto") {
				value = lower ? constant(name.toLowerCase(), at) : constant(nextAuto(members), at);
			}
			if (value.is === "call" && externalPath(value.callee) === "enum.nonmember") continue;
			const twin = value;
			if (
				twin.is === "constant" &&
				members.some((member) => member.value.is === "constant" && member.value.value === twin.value)
			) {
				continue;
			}
			members.push({ is: "member", class: this, name, value, at });
		}
		return members;
	}

	/** What `Class.name` is: an enum's member, a plain value, or an attribute that exists only at run time. */
	read(name: string, at: Origin): Value {
		if (name === "__name__") return constant(this.name, at);
		if (this.isEnum()) {
			const member = this.members()?.find((candidate) => candidate.name === name);
			if (member) return member;
			if (name === "__members__") {
				const entries = (this.members() ?? []).map(
					(candidate) => [constant(candidate.name, candidate.at), candidate] as const,
				);
				return { is: "mapping", entries, at };
			}
		}
		const found = this.attribute(name)?.value;
		const object: Value = { is: "class", class: this, at };
		if (found && found.is !== "call" && found.is !== "operation" && found.is !== "unknown") return found;
		if (found?.is === "unknown") return found;
		return { is: "attribute", object, name, at, ...(found ? { resolved: found } : {}) };
	}
}

/** The number that `enum.auto()` gives after `members`. */
function nextAuto(members: readonly Extract<Value, { is: "member" }>[]): number {
	const numbers = members.map((member) =>
		member.value.is === "constant" && typeof member.value.value === "number" ? member.value.value : 0,
	);
	return Math.max(0, ...numbers) + 1;
}

function ancestorOf(value: Value): Ancestor {
	if (value.is === "class") return value.class;
	// `Generic[T]`, `BaseModel[int]`: the parameters do not matter to a table.
	if (value.is === "subscript") return ancestorOf(value.object);
	return value;
}

function linearize(ancestor: Ancestor): readonly Ancestor[] {
	if (ancestor instanceof PythonClass) return ancestor.mro();
	// `declarative_base(cls=Common)` and `SQLAlchemy(model_class=Base).Model` derive from the class that they are given.
	const call = ancestor.is === "attribute" ? ancestor.object : ancestor;
	const given =
		call.is === "call" ? (call.keywords.get("cls") ?? call.keywords.get("model_class")) : undefined;
	return given?.is === "class" ? [...given.class.mro(), ancestor] : [ancestor];
}

function merge(sequences: Ancestor[][]): Ancestor[] {
	const merged: Ancestor[] = [];
	for (;;) {
		const rest = sequences.filter((sequence) => sequence.length > 0);
		if (rest.length === 0) return merged;
		const heads = rest.map((sequence) => sequence[0]);
		const next =
			heads.find((head) => !rest.some((sequence) => sequence.slice(1).some((other) => same(other, head)))) ??
			heads[0];
		if (!next) return merged;
		merged.push(next);
		for (const sequence of rest) {
			if (same(sequence[0], next)) sequence.shift();
		}
	}
}

function same(a: Ancestor | undefined, b: Ancestor | undefined): boolean {
	if (a === b) return true;
	if (a instanceof PythonClass || b instanceof PythonClass) return false;
	const path = externalPath(a);
	return path !== undefined && path === externalPath(b);
}

/** What is not known about an ancestor, for a message. */
export function describeAncestor(ancestor: Exclude<Value, { is: "class" }>): string {
	const path = externalPath(ancestor);
	if (path) return path.split(".").at(-1) ?? path;
	if (ancestor.is === "unknown") return ancestor.why;
	return "a base class that is computed";
}
