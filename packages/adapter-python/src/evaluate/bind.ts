/** Statements to bindings: what each name of a block is, evaluated only when it is asked for. */
import type { ClassDefinition, FunctionDefinition, Statement } from "../syntax/ast.js";
import { type Block, bindAssignment, bindEffect, bindTarget, change } from "./assignments.js";
import { augment } from "./change.js";
import { PythonClass } from "./classes.js";
import type { Evaluator } from "./evaluator.js";
import { type Condition, Scope } from "./scope.js";
import { iterate, truth, unknownValue, type Value } from "./values.js";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

const NEVER: Condition = () => false;

/** Binds all names of `statements` in `scope`. */
export function bindBlock(statements: readonly Statement[], scope: Scope, evaluator: Evaluator): void {
	bindAll(statements, { scope, evaluator, conditions: [] });
}

function bindAll(statements: readonly Statement[], block: Block): void {
	for (const statement of statements) bindStatement(statement, block);
}

function bindStatement(statement: Statement, block: Block): void {
	switch (statement.kind) {
		case "import":
			bindImport(statement, block);
			return;
		case "from":
			bindFrom(statement, block);
			return;
		case "assign":
			bindAssignment(statement, block);
			return;
		case "augment":
			bindAugmented(statement, block);
			return;
		case "expression":
			bindEffect(statement.value, statement.line, block);
			return;
		case "class":
			bindClass(statement, block);
			return;
		case "function":
			bindFunction(statement, block);
			return;
		case "if":
			bindIf(statement, block);
			return;
		case "try":
			bindAll(statement.body, block);
			bindAll(statement.rest, block);
			for (const handler of statement.handlers) {
				bindAll(handler, { ...block, conditions: [...block.conditions, NEVER] });
			}
			return;
		case "for":
			bindLoop(statement, block);
			return;
		case "loop":
			bindAll(statement.body, { ...block, loop: true });
			return;
		case "with":
			bindAll(statement.body, block);
			return;
		case "return":
			bindReturn(statement, block);
			return;
		default:
			return;
	}
}

/** `total += 1`. */
function bindAugmented({ target, operator, value, line }: Of<"augment">, block: Block): void {
	const { scope, evaluator } = block;
	if (target.kind !== "name") return;
	change(target.name, line, block, (before) =>
		augment(before, operator, evaluator.evaluate(value, scope), scope.origin(line)),
	);
}

function bindReturn({ value, line }: Of<"return">, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const position = scope.next();
	scope.returns.push({
		conditions: block.loop ? [...conditions, () => undefined] : conditions,
		evaluate: () =>
			value
				? evaluator.evaluate(value, scope, position)
				: { is: "constant", value: null, at: scope.origin(line) },
	});
}

/**
 * The names that a loop leaves behind have no one value. Tables that its body makes are found by going through its
 * rounds, each of which has the names to itself.
 */
function bindLoop(statement: Of<"for">, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const { targets, iterable, body, line } = statement;
	const position = scope.next();
	bindTarget(targets, line, block, () => unknownValue("assigned in a loop", scope.origin(line)));
	bindAll(body, { ...block, loop: true });
	if (block.loop || scope.kind === "class") return;
	const rounds = () => {
		const source = evaluator.evaluate(iterable, scope, position);
		const items = iterate(source);
		if (!items) return source.is === "unknown" ? source.why : "it goes over what is known only at run time";
		if (items.length > ROUND_LIMIT) return "it has too many rounds";
		return items.map((item) => {
			const round = new Scope(scope.module, scope, position, "function");
			const own = { scope: round, evaluator, conditions: [] };
			bindTarget(targets, line, own, () => item);
			bindAll(body, own);
			return round;
		});
	};
	scope.loops.push({ line, conditions, rounds });
}

/** More tables than anyone makes in one loop. */
const ROUND_LIMIT = 1000;

function bindImport(statement: Of<"import">, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const { module, as, line } = statement;
	// `import a.b` binds `a`; `import a.b as c` binds `c` to the module `a.b`.
	const [top = module] = module.split(".");
	const target = as ? module : top;
	scope.bind(as ?? top, {
		line,
		conditions,
		evaluate: () => evaluator.importModule(scope.module, 0, target, scope.origin(line)),
	});
}

function bindFrom(statement: Of<"from">, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const { level, module, names, line } = statement;
	if (names === "*") {
		let library: Value | undefined;
		scope.stars.push({
			position: scope.next(),
			module: () => {
				// A module of the repository may still be loading: only what is outside of it stays as it is.
				if (library) return library;
				const value = evaluator.importModule(scope.module, level, module, scope.origin(line));
				if (value.is === "external") library = value;
				return value;
			},
		});
		return;
	}
	for (const { name, as } of names) {
		scope.bind(as, {
			line,
			conditions,
			evaluate: () => evaluator.importName(scope.module, level, module, name, scope.origin(line)),
		});
	}
}

function bindClass(definition: ClassDefinition, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const position = scope.next();
	const body = new Scope(scope.module, scope, position, "class");
	const made = new PythonClass(
		definition,
		scope.module,
		body,
		() => evaluator.classArguments(definition, scope, position),
		() => definition.decorators.map((decorator) => evaluator.evaluate(decorator, scope, position)),
	);
	bindBlock(definition.body, body, evaluator);
	if (!block.loop) home(scope).classes.push(made);
	const value: Value = block.loop
		? unknownValue("a class that is made in a loop", made.at)
		: { is: "class", class: made, at: made.at };
	scope.bind(definition.name, { line: definition.line, conditions, evaluate: () => value });
}

/** A class within a class belongs to what is around both. */
function home(scope: Scope): Scope {
	return scope.kind === "class" && scope.parent ? home(scope.parent) : scope;
}

function bindFunction(definition: FunctionDefinition, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const position = scope.next();
	const at = scope.origin(definition.line);
	scope.bind(definition.name, {
		line: definition.line,
		conditions,
		evaluate: () => ({
			is: "function",
			name: definition.name,
			params: definition.params,
			definition,
			scope,
			position,
			decorators: definition.decorators.map((decorator) => evaluator.evaluate(decorator, scope, position)),
			at,
		}),
	});
}

function bindIf(statement: Of<"if">, block: Block): void {
	const { scope, evaluator } = block;
	const before: Condition[] = [];
	for (const { test, body } of statement.branches) {
		const position = scope.next();
		const conditions = [...block.conditions, ...before];
		if (test) {
			const holds = once(() => truth(evaluator.evaluate(test, scope, position)));
			conditions.push(holds);
			before.push(() => negate(holds()));
		}
		bindAll(body, { ...block, conditions });
	}
}

function negate(value: boolean | undefined): boolean | undefined {
	return value === undefined ? undefined : !value;
}

function once(condition: Condition): Condition {
	let known: { value: boolean | undefined } | undefined;
	return () => {
		known ??= { value: condition() };
		return known.value;
	};
}
