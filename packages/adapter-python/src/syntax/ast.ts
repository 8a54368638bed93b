/** The part of Python's syntax that models are written in, as a small typed tree with 1-based lines. */

export type Constant = string | number | boolean | null;

export interface Argument {
	/** `undefined` for a positional argument. */
	readonly name?: string;
	/** `*` spreads a sequence, `**` a mapping. */
	readonly spread?: "*" | "**";
	readonly value: Expression;
}

export interface Comprehension {
	readonly targets: Expression;
	readonly iterable: Expression;
	readonly conditions: readonly Expression[];
}

export type Expression = { readonly line: number } & (
	| { readonly kind: "constant"; readonly value: Constant }
	| { readonly kind: "bytes" }
	| { readonly kind: "ellipsis" }
	/** An f-string, or adjacent literals with one among them. */
	| { readonly kind: "joined"; readonly parts: readonly (string | FormattedPart)[] }
	| { readonly kind: "name"; readonly name: string }
	| { readonly kind: "attribute"; readonly object: Expression; readonly name: string }
	| { readonly kind: "subscript"; readonly object: Expression; readonly items: readonly Expression[] }
	| { readonly kind: "slice"; readonly from?: Expression; readonly to?: Expression }
	| { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Argument[] }
	| { readonly kind: "list" | "tuple" | "set"; readonly items: readonly Expression[] }
	| { readonly kind: "starred"; readonly value: Expression }
	| { readonly kind: "dict"; readonly entries: readonly { key?: Expression; value: Expression }[] }
	| { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
	| {
			readonly kind: "binary";
			readonly operator: string;
			readonly left: Expression;
			readonly right: Expression;
	  }
	| {
			readonly kind: "conditional";
			readonly test: Expression;
			readonly whenTrue: Expression;
			readonly whenFalse: Expression;
	  }
	| { readonly kind: "lambda"; readonly params: readonly Parameter[]; readonly body: Expression }
	| {
			readonly kind: "comprehension";
			readonly result: "list" | "set" | "dict";
			readonly element: Expression;
			/** The value of a dict comprehension, whose key is `element`. */
			readonly value?: Expression;
			readonly clauses: readonly Comprehension[];
	  }
	/** Syntax that no schema needs, or that is not Python. */
	| { readonly kind: "opaque"; readonly why: string }
);

export interface FormattedPart {
	readonly value: Expression;
	readonly conversion?: string;
	readonly format?: string;
}

export interface Parameter {
	readonly name: string;
	readonly kind: "plain" | "*" | "**" | "keyword-only";
	readonly default?: Expression;
	readonly annotation?: Expression;
}

export interface FunctionDefinition {
	readonly kind: "function";
	readonly line: number;
	readonly name: string;
	readonly params: readonly Parameter[];
	readonly decorators: readonly Expression[];
	readonly returns?: Expression;
	/** Read on demand: few functions matter to a schema. */
	readonly body: () => readonly Statement[];
}

export interface ClassDefinition {
	readonly kind: "class";
	readonly line: number;
	readonly name: string;
	readonly args: readonly Argument[];
	readonly decorators: readonly Expression[];
	readonly body: readonly Statement[];
	readonly endLine: number;
}

export interface ImportedName {
	readonly name: string;
	readonly as: string;
}

/** `value as target`. */
export interface WithItem {
	readonly value: Expression;
	readonly target?: Expression;
}

export type Statement = { readonly line: number } & (
	| { readonly kind: "import"; readonly module: string; readonly as?: string }
	| {
			readonly kind: "from";
			/** Number of leading dots. */
			readonly level: number;
			readonly module: string;
			/** `"*"` for a star import. */
			readonly names: readonly ImportedName[] | "*";
	  }
	| {
			readonly kind: "assign";
			readonly targets: readonly Expression[];
			readonly annotation?: Expression;
			readonly value?: Expression;
	  }
	| {
			readonly kind: "augment";
			readonly target: Expression;
			readonly operator: string;
			readonly value: Expression;
	  }
	| { readonly kind: "expression"; readonly value: Expression }
	| ClassDefinition
	| FunctionDefinition
	| {
			readonly kind: "if";
			readonly branches: readonly { test?: Expression; body: readonly Statement[] }[];
	  }
	| {
			readonly kind: "try";
			readonly body: readonly Statement[];
			readonly handlers: readonly (readonly Statement[])[];
			readonly rest: readonly Statement[];
	  }
	| {
			readonly kind: "for";
			readonly targets: Expression;
			readonly iterable: Expression;
			readonly body: readonly Statement[];
	  }
	/** `while` and `match`: bodies that run an unknown number of times. */
	| { readonly kind: "loop"; readonly test?: Expression; readonly body: readonly Statement[] }
	| { readonly kind: "with"; readonly items: readonly WithItem[]; readonly body: readonly Statement[] }
	| { readonly kind: "return"; readonly value?: Expression }
	| { readonly kind: "raise" }
	| { readonly kind: "delete"; readonly targets: readonly Expression[] }
);

/** A place that is not Python, with the text of its line. */
export interface SyntaxProblem {
	readonly line: number;
	readonly text: string;
}

export interface ParsedModule {
	readonly body: readonly Statement[];
	/** What is not Python outside of function bodies, one per line. */
	readonly errors: readonly SyntaxProblem[];
	/** Set when the file is too deeply nested to be read at all. */
	readonly unreadable?: string;
}
