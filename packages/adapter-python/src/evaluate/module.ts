/** One module of the repository: its syntax, its namespace, and what it exports. */
import type { ParsedModule } from "../syntax/ast.js";
import type { PythonClass } from "./classes.js";
import type { Scope } from "./scope.js";
import type { Value } from "./values.js";

/** A statement of a module's top level that is only evaluated: `Index("i", User.name)`. */
export interface Effect {
	readonly line: number;
	readonly evaluate: () => Value;
}

/** `User.name = Column(…)` after the class. */
export interface Patch {
	readonly line: number;
	readonly object: () => Value;
	readonly attribute: string;
	readonly value: () => Value;
}

export interface PythonModule {
	readonly path: string;
	/** The dotted name that other modules would import it by, as far as the folders tell. */
	readonly name: string;
	readonly parsed: ParsedModule;
	readonly scope: Scope;
	/** Classes in the order of their text, also those inside functions or branches. */
	readonly classes: PythonClass[];
	/** Calls at the top level, in order. */
	readonly effects: Effect[];
	readonly patches: Patch[];
	/** Classes that are made in a loop or a function: their number is not known. */
	readonly made: { name: string; line: number; how: string }[];
	/** The paths of repository modules that evaluation went into from here. */
	readonly uses: Set<string>;
	/** The text of a 1-based line. */
	line(line: number): string;
	/** A name of its namespace or a submodule. */
	export(name: string): Value | undefined;
}
