/** Loops: over what is known round by round, over what is not once, as what may not run. */
import type { Origin } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";
import { assignTo, bindPattern } from "./bind.js";
import type { Machine } from "./machine.js";
import { declareVariables, type Jump, type Jumped, leftBefore, type Outcome, run } from "./statements.js";
import { Dict, Exhausted, List, type Scope, Text, truth, Unknown, type Value } from "./values.js";

type Loop =
	| ESTree.ForOfStatement
	| ESTree.ForInStatement
	| ESTree.ForStatement
	| ESTree.WhileStatement
	| ESTree.DoWhileStatement;

/** One round of a loop: whether it is the last, and how it leaves what is around. */
class Rounds {
	#leaves: Jumped["leaves"];
	#left: Unknown | undefined;
	readonly #returns: Value[] = [];

	constructor(
		readonly machine: Machine,
		readonly scope: Scope,
		readonly label: string | undefined,
	) {}

	/** @returns how the whole loop is left, or `"on"` */
	async round(
		body: ESTree.Statement,
		scope: Scope,
		doubt: Unknown | undefined,
	): Promise<Jumped | "on" | "over"> {
		const why = this.#left ?? doubt;
		const outcome = why
			? await this.machine.perhaps(why, () => run(this.machine, body, scope))
			: await run(this.machine, body, scope);
		if (outcome?.leaves?.has("loop")) this.#left = leftBefore(this.machine, this.scope, body);
		if (outcome?.leaves?.has("return")) this.#leaves = new Set(["return"]);
		this.#returns.push(...(outcome?.returns ?? []));
		const jump = outcome?.jump;
		if (!jump) return "on";
		if (jump.is === "return" || (jump.label !== undefined && jump.label !== this.label)) {
			return doubt ? this.#perhapsLeft(jump) : { jump };
		}
		return jump.is === "break" ? "over" : "on";
	}

	#perhapsLeft(jump: Jump): "over" {
		this.#leaves = new Set([...(this.#leaves ?? []), jump.is === "return" ? "return" : "loop"]);
		if (jump.is === "return") this.#returns.push(jump.value);
		return "over";
	}

	end(): Outcome {
		return this.#leaves ? { leaves: this.#leaves, returns: this.#returns } : undefined;
	}
}

/** More rounds than any program of migrations needs. */
const MOST_ROUNDS = 20_000;

/** Follows a loop. @throws Thrown, Exhausted */
export async function runLoop(
	machine: Machine,
	node: Loop,
	scope: Scope,
	label: string | undefined,
): Promise<Outcome> {
	const rounds = new Rounds(machine, scope, label);
	if (node.type === "ForOfStatement" || node.type === "ForInStatement") {
		return runEach(machine, node, scope, rounds);
	}
	const outer = machine.scope(scope);
	if (node.type === "ForStatement" && node.init) {
		if (node.init.type === "VariableDeclaration") await declareVariables(machine, node.init, outer);
		else await machine.evaluate(node.init, outer);
	}
	for (let count = 0; ; count++) {
		if (count === MOST_ROUNDS) throw new Exhausted("a loop does not come to an end");
		const first = node.type === "DoWhileStatement" && count === 0;
		const test = first || !node.test ? true : await machine.evaluate(node.test, outer);
		const known = truth(test);
		if (known === false) break;
		const doubt = test instanceof Unknown ? test : undefined;
		const result = await rounds.round(node.body, machine.scope(outer), doubt);
		if (result === "over" || doubt) break;
		if (result !== "on") return result;
		if (node.type === "ForStatement" && node.update) await machine.evaluate(node.update, outer);
	}
	return rounds.end();
}

async function runEach(
	machine: Machine,
	node: ESTree.ForOfStatement | ESTree.ForInStatement,
	scope: Scope,
	rounds: Rounds,
): Promise<Outcome> {
	const over = await machine.evaluate(node.right, scope);
	const { items, open } = itemsOf(over, node.type === "ForInStatement", machine.place(scope, node.right));
	const bind = async (item: Value): Promise<Scope> => {
		const inner = machine.scope(scope);
		if (node.left.type === "VariableDeclaration") {
			const target = node.left.declarations[0];
			if (target) await bindPattern(machine, target.id, item, inner);
		} else await assignTo(machine, node.left, item, inner);
		return inner;
	};
	for (const item of items) {
		const result = await rounds.round(node.body, await bind(item), undefined);
		if (result === "over") return rounds.end();
		if (result !== "on") return result;
	}
	if (open) {
		const inner = await machine.perhaps(open, () => bind(open));
		await rounds.round(node.body, inner, open);
	}
	return rounds.end();
}

/** What a loop goes through; `open`: there may be more. */
export function itemsOf(
	value: Value,
	keys: boolean,
	at: Origin,
): { readonly items: readonly Value[]; readonly open?: Unknown } {
	if (value instanceof Unknown) return { items: [], open: value };
	if (value instanceof List) {
		const items = keys ? value.items.map((_, index) => new Text(String(index))) : value.items;
		return value.open ? { items, open: value.open } : { items };
	}
	if (value instanceof Dict && keys) {
		const items = [...value.fields.keys()].map((key) => new Text(key));
		return value.open ? { items, open: value.open } : { items };
	}
	if (value instanceof Text) return { items: [...value.value].map((one) => new Text(one)) };
	if (value === undefined || value === null) return { items: [] };
	return { items: [], open: new Unknown("what the loop goes through is not known", at) };
}
