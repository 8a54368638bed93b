/** One module of the repository: its syntax, its namespace, and what it exports. */
import type { ParsedModule } from "../syntax/ast.js";
import type { Scope } from "./scope.js";
import type { Value } from "./values.js";

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
	readonly patches: Patch[];
	/** The paths of repository modules that evaluation went into from here. */
	readonly uses: Set<string>;
	/** The text of a 1-based line. */
	line(line: number): string;
	/** A name of its namespace or a submodule. */
	export(name: string): Value | undefined;
}
