/** Statements: both ways are followed where a condition is only known at run time. */
import type { ESTree } from "rolldown/utils";
import { bindPattern } from "./bind.js";
import { classValue } from "./classes.js";
import { enumValue } from "./enums.js";
import { runLoop } from "./loops.js";
import type { Machine } from "./machine.js";
import { binary } from "./operators.js";
import { Callable, Dict, type Scope, Text, Thrown, truth, Unknown, type Value } from "./values.js";

export type Jump =
	| { readonly is: "return"; readonly value: Value }
	| { readonly is: "break" | "continue"; readonly label: string | undefined };

/** How a statement ends: `jump`: it surely leaves; `leaves`: in what ways it may have left at run time. */
export interface Jumped {
	readonly jump?: Jump;
	readonly leaves?: ReadonlySet<"return" | "loop">;
	/** What it may have returned. */
	readonly returns?: readonly Value[];
}
export type Outcome = Jumped | undefined;

type Statement = ESTree.Statement | ESTree.Directive;

/** Statements in their order; what follows a place that may have left may not run. */
export async function runStatements(
	machine: Machine,
	statements: readonly Statement[],
	scope: Scope,
): Promise<Outcome> {
	hoist(machine, statements, scope);
	let leaves: Jumped["leaves"];
	const returns: Value[] = [];
	for (const statement of statements) {
		const outcome = leaves
			? await machine.perhaps(leftBefore(machine, scope, statement), () => run(machine, statement, scope))
			: await run(machine, statement, scope);
		if (!outcome) continue;
		leaves = union(leaves, outcome.leaves);
		returns.push(...(outcome.returns ?? []));
		if (outcome.jump) return { jump: outcome.jump, ...(leaves ? { leaves, returns } : {}) };
	}
	return leaves ? { leaves, returns } : undefined;
}

export function leftBefore(machine: Machine, scope: Scope, node: { readonly start: number }): Unknown {
	return new Unknown("whether it is reached depends on run time", machine.place(scope, node));
}

function union(a: Jumped["leaves"], b: Jumped["leaves"]): Jumped["leaves"] {
	return a && b ? new Set([...a, ...b]) : (a ?? b);
}

function hoist(machine: Machine, statements: readonly Statement[], scope: Scope): void {
	for (const statement of statements) {
		if (statement.type === "FunctionDeclaration" && statement.id) {
			scope.declare(statement.id.name, Callable.of(statement, scope, undefined));
		} else if (statement.type === "ClassDeclaration" && statement.id) {
			scope.declareLazily(statement.id.name, () => classValue(machine, statement, scope));
		}
	}
}

/** Follows one statement. @throws Thrown, Exhausted */
export async function run(machine: Machine, node: Statement, scope: Scope): Promise<Outcome> {
	machine.step();
	switch (node.type) {
		case "ExpressionStatement":
			await machine.evaluate(node.expression, scope);
			return undefined;
		case "VariableDeclaration":
			await declareVariables(machine, node, scope);
			return undefined;
		case "BlockStatement":
			return runStatements(machine, node.body, machine.scope(scope));
		case "IfStatement":
			return runIf(machine, node, scope);
		case "ReturnStatement":
			return {
				jump: {
					is: "return",
					value: node.argument ? await machine.evaluate(node.argument, scope) : undefined,
				},
			};
		case "ThrowStatement":
			return raise(machine, node, scope);
		case "BreakStatement":
			return { jump: { is: "break", label: node.label?.name } };
		case "ContinueStatement":
			return { jump: { is: "continue", label: node.label?.name } };
		case "TryStatement":
			return runTry(machine, node, scope);
		case "SwitchStatement":
			return runSwitch(machine, node, scope);
		case "LabeledStatement":
			return unlabelled(await runLabelled(machine, node, scope), node.label.name);
		case "ForOfStatement":
		case "ForInStatement":
		case "ForStatement":
		case "WhileStatement":
		case "DoWhileStatement":
			return runLoop(machine, node, scope, undefined);
		case "TSEnumDeclaration":
			scope.declare(node.id.name, await enumValue(machine, node, scope));
			return undefined;
		default:
			return undefined;
	}
}

async function raise(machine: Machine, node: ESTree.ThrowStatement, scope: Scope): Promise<Outcome> {
	const value = await machine.evaluate(node.argument, scope);
	const at = machine.place(scope, node);
	const message = value instanceof Dict ? value.fields.get("message") : value;
	throw new Thrown(value, message instanceof Text ? message.value : "it throws an error", at);
}

export async function declareVariables(
	machine: Machine,
	node: ESTree.VariableDeclaration,
	scope: Scope,
): Promise<void> {
	for (const { id, init } of node.declarations) {
		if (init || node.kind !== "var") {
			await bindPattern(machine, id, init ? await machine.evaluate(init, scope) : undefined, scope);
		}
	}
}

/** Whether a statement does nothing but throw: programs that are in use do not come there. */
function onlyThrows(node: ESTree.Statement | null): boolean {
	if (!node) return false;
	if (node.type === "BlockStatement") return node.body.at(-1)?.type === "ThrowStatement";
	return node.type === "ThrowStatement";
}

async function runIf(machine: Machine, node: ESTree.IfStatement, scope: Scope): Promise<Outcome> {
	const test = await machine.evaluate(node.test, scope);
	const known = truth(test);
	if (known !== undefined || !(test instanceof Unknown)) {
		const taken = known ? node.consequent : node.alternate;
		return taken ? run(machine, taken, machine.scope(scope)) : undefined;
	}
	if (onlyThrows(node.consequent)) {
		return node.alternate ? run(machine, node.alternate, machine.scope(scope)) : undefined;
	}
	if (onlyThrows(node.alternate)) return run(machine, node.consequent, machine.scope(scope));
	const arms: Outcome[] = [await runArm(machine, test, node.consequent, scope)];
	if (node.alternate) arms.push(await runArm(machine, test, node.alternate, scope));
	else arms.push(undefined);
	return eitherOf(machine, arms, scope, node);
}

/** An arm that throws is not taken by programs that are in use. */
async function runArm(
	machine: Machine,
	test: Unknown,
	node: ESTree.Statement,
	scope: Scope,
): Promise<Outcome> {
	try {
		return await machine.perhaps(test, () => run(machine, node, machine.scope(scope)));
	} catch (error) {
		if (error instanceof Thrown) return undefined;
		throw error;
	}
}

function eitherOf(
	machine: Machine,
	arms: readonly Outcome[],
	scope: Scope,
	node: { readonly start: number },
): Outcome {
	const jumps = arms.map((arm) => arm?.jump);
	if (jumps.every((jump) => jump?.is === "return")) {
		const doubt = new Unknown("which value is returned depends on run time", machine.place(scope, node));
		const values = jumps.flatMap((jump) => (jump?.is === "return" ? [jump.value] : []));
		const returns = arms.flatMap((arm) => arm?.returns ?? []);
		return { jump: { is: "return", value: Unknown.oneOf(doubt, values) }, returns };
	}
	const leaves = new Set<"return" | "loop">();
	const returns: Value[] = [];
	for (const arm of arms) {
		if (arm?.jump) leaves.add(arm.jump.is === "return" ? "return" : "loop");
		if (arm?.jump?.is === "return") returns.push(arm.jump.value);
		for (const way of arm?.leaves ?? []) leaves.add(way);
		returns.push(...(arm?.returns ?? []));
	}
	return leaves.size > 0 ? { leaves, returns } : undefined;
}

async function runTry(machine: Machine, node: ESTree.TryStatement, scope: Scope): Promise<Outcome> {
	let outcome: Outcome;
	try {
		outcome = await run(machine, node.block, scope);
	} catch (error) {
		if (!(error instanceof Thrown)) throw error;
		if (!node.handler) {
			if (node.finalizer) await run(machine, node.finalizer, scope);
			throw error;
		}
		const inner = machine.scope(scope);
		if (node.handler.param) await bindPattern(machine, node.handler.param, error.value, inner);
		outcome = await runStatements(machine, node.handler.body.body, inner);
	}
	if (!node.finalizer) return outcome;
	const last = await run(machine, node.finalizer, scope);
	return last?.jump ? last : outcome;
}

async function runSwitch(machine: Machine, node: ESTree.SwitchStatement, scope: Scope): Promise<Outcome> {
	const value = await machine.evaluate(node.discriminant, scope);
	const inner = machine.scope(scope);
	const cases = node.cases;
	let doubt = value instanceof Unknown ? value : undefined;
	let start = -1;
	for (const [index, { test }] of cases.entries()) {
		if (!test || doubt) continue;
		const same = binary("===", value, await machine.evaluate(test, inner), machine.place(scope, test));
		if (same instanceof Unknown) doubt = same;
		else if (same) {
			start = index;
			break;
		}
	}
	const from = (index: number): Statement[] => cases.slice(index).flatMap((each) => each.consequent);
	if (!doubt) {
		if (start === -1) start = cases.findIndex((each) => !each.test);
		return start === -1 ? undefined : unbroken(await runStatements(machine, from(start), inner));
	}
	const why = doubt;
	const arms: Outcome[] = cases.some((each) => !each.test) ? [] : [undefined];
	for (const [index, each] of cases.entries()) {
		if (each.consequent.length === 0 || each.consequent.some((one) => onlyThrows(one))) continue;
		arms.push(unbroken(await machine.perhaps(why, () => runStatements(machine, from(index), inner))));
	}
	return eitherOf(machine, arms, scope, node);
}

/** A `break` that ends the switch itself. */
function unbroken(outcome: Outcome): Outcome {
	if (outcome?.jump?.is !== "break" || outcome.jump.label !== undefined) return outcome;
	return withoutJump(outcome);
}

function withoutJump({ jump: _jump, ...rest }: Jumped): Outcome {
	return rest.leaves ? rest : undefined;
}

function runLabelled(machine: Machine, node: ESTree.LabeledStatement, scope: Scope): Promise<Outcome> {
	const { body } = node;
	switch (body.type) {
		case "ForOfStatement":
		case "ForInStatement":
		case "ForStatement":
		case "WhileStatement":
		case "DoWhileStatement":
			return runLoop(machine, body, scope, node.label.name);
		default:
			return run(machine, body, scope);
	}
}

function unlabelled(outcome: Outcome, label: string): Outcome {
	if (!outcome?.jump || outcome.jump.is === "return" || outcome.jump.label !== label) return outcome;
	return withoutJump(outcome);
}
