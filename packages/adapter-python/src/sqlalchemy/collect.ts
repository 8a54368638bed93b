/** All tables of the modules that were read: declarative classes, Core tables, imperative mappings, module-level indexes. */
import type { Origin } from "@schemalign/core";
import { blockText } from "../evaluate/blocks.js";
import type { PythonClass } from "../evaluate/classes.js";
import type { PythonModule } from "../evaluate/module.js";
import { type Binding, force, holds, type Loop, type Scope } from "../evaluate/scope.js";
import { asString, type CallValue, type Value } from "../evaluate/values.js";
import type { Workspace } from "../evaluate/workspace.js";
import { readSequence } from "./columns.js";
import { addConstruct } from "./constraints.js";
import { readListener } from "./listeners.js";
import { TableLookup } from "./lookup.js";
import { metadataOf } from "./metadata.js";
import { knownValue, type MetadataModel, type SequenceModel, type TableModel } from "./model.js";
import type { SqlContext } from "./sql.js";
import { calledSymbol, callOf } from "./symbols.js";

/** A place outside of any table where something could not be read. */
export interface LooseGap {
	readonly file: string;
	readonly why: string;
	readonly at: Origin;
}

/** A scope that was gone through; of a function, with the place where it was called. */
interface Entered {
	readonly scope: Scope;
	readonly caller?: Origin;
}

/** Everything that the modules say. */
export class Collection {
	readonly sequences: { readonly metadata?: MetadataModel; readonly sequence: SequenceModel }[] = [];
	readonly gaps: LooseGap[] = [];
	readonly lookup: TableLookup;
	/** Calls of functions that may make tables. */
	readonly #factories: RegExp | undefined;
	readonly #scopes: Entered[] = [];
	#nextCall = 0;
	#nextMade = 0;

	constructor(
		private readonly workspace: Workspace,
		modules: readonly PythonModule[],
	) {
		this.lookup = new TableLookup(workspace);
		this.#factories = factoryPattern(workspace.factories());
		for (const module of modules) this.#applyPatches(module);
		for (const module of modules) this.#readScope(module.scope);
		this.#readCalls();
		// Effects come last, as they refer to tables; those of the calls that they make follow.
		for (let next = 0; next < this.#scopes.length && next < SCOPE_LIMIT; next++) {
			const entry = this.#scopes[next];
			if (entry) this.#readEffects(entry);
			this.#readCalls();
		}
	}

	get tables(): readonly TableModel[] {
		return this.lookup.tables;
	}

	get #context(): SqlContext {
		return {
			evaluator: this.workspace.evaluator,
			column: this.lookup.columnName,
			labels: this.lookup.columnLabels,
		};
	}

	#applyPatches(module: PythonModule): void {
		for (const { object, attribute, value, line } of module.patches) {
			const target = object();
			if (target.is !== "class") continue;
			target.class.patches.set(attribute, { line, value, file: module.path });
		}
	}

	/** Tables among the names of a scope and in its loops. `caller`: it is a function's, which was called there. */
	#readScope(scope: Scope, caller?: Origin): void {
		this.#scopes.push(caller ? { scope, caller } : { scope });
		for (const [name, bindings] of scope.bindings) {
			for (const binding of bindings) this.#readBinding(name, binding, scope, caller);
		}
		for (const cls of scope.classes) this.#readClass(cls, caller);
		for (const loop of scope.loops) this.#readLoop(loop, scope, caller);
	}

	#readLoop(loop: Loop, scope: Scope, caller: Origin | undefined): void {
		const { module } = scope;
		const text = blockText((line) => module.line(line), loop.line);
		if (!LOOP_TEXT.test(text) && !this.#factories?.test(text)) return;
		if (holds(loop.conditions) === false || this.#scopes.length > SCOPE_LIMIT) return;
		const rounds = loop.rounds();
		if (typeof rounds === "string") {
			const at = caller ?? scope.origin(loop.line);
			const why = `tables, indexes or classes that are made in a loop are not read: ${rounds}`;
			if (MAKES_TABLE.test(text)) this.gaps.push({ file: at.file, why, at });
			return;
		}
		for (const round of rounds) this.#readScope(round, caller ?? { file: module.path, line: loop.line });
	}

	/** What functions made that were called meanwhile. */
	#readCalls(): void {
		const { calls, made } = this.workspace.evaluator;
		while (this.#scopes.length < SCOPE_LIMIT) {
			const cls = made[this.#nextMade];
			const call = calls[this.#nextCall];
			if (cls) {
				this.#nextMade++;
				this.#readClass(cls, cls.at);
			} else if (call) {
				this.#nextCall++;
				this.#readScope(call.scope, call.at);
			} else return;
		}
	}

	/** `users = Table(…)`, also in a list, or what a function returns. */
	#readBinding(name: string, binding: Binding, scope: Scope, caller: Origin | undefined): void {
		const { module } = scope;
		if (binding.bare || !this.#mentions(module, binding.line)) return;
		const value = force(name, binding, scope);
		this.#readValue(value, caller, 0);
		if (value.is === "unknown" && !value.pending && this.#factories?.test(module.line(binding.line))) {
			const at = scope.origin(binding.line);
			this.gaps.push({ file: at.file, why: `what makes ${name} is not known: ${value.why}`, at });
		}
	}

	#readValue(value: Value, caller: Origin | undefined, depth: number): void {
		if (depth > 3) return;
		if (value.is === "sequence") for (const item of value.items) this.#readValue(item, caller, depth + 1);
		if (value.is === "mapping")
			for (const [, item] of value.entries) this.#readValue(item, caller, depth + 1);
		if (value.is !== "call") return;
		this.lookup.coreTable(value, caller);
		const sequence = callOf(value, "sa.Sequence");
		if (sequence) this.#addSequence(sequence);
	}

	/** Only lines that can make a table are evaluated: a module's other top-level values are none of our business. */
	#mentions(module: PythonModule, line: number): boolean {
		const text = module.line(line);
		return TABLE_TEXT.test(text) || (this.#factories?.test(text) ?? false);
	}

	#addSequence(call: CallValue): void {
		const sequence = readSequence(call);
		const metadata = call.keywords.get("metadata");
		if (!sequence) return;
		this.sequences.push({
			sequence,
			...(metadata ? { metadata: metadataOf(metadata, this.workspace.evaluator) } : {}),
		});
	}

	#readClass(cls: PythonClass, caller?: Origin): void {
		const mapping = this.lookup.mapping(cls);
		if (!mapping) return;
		if (caller && this.#isRepeated(mapping.table, cls)) return;
		if (!this.tables.includes(mapping.table)) this.lookup.tables.push(mapping.table);
		for (const name of cls.scope.bindings.keys()) {
			const value = name.startsWith("__") ? undefined : cls.ownAttribute(name);
			const secondary = callOf(value, "sa.relationship")?.keywords.get("secondary");
			if (secondary) this.lookup.coreTable(secondary);
		}
	}

	/** A function that was evaluated twice for one call makes its class twice. */
	#isRepeated(table: TableModel, cls: PythonClass): boolean {
		const name = knownValue(table.name);
		return this.tables.some(
			(other) =>
				other !== table &&
				name !== undefined &&
				knownValue(other.name) === name &&
				other.at.file === cls.at.file &&
				other.at.line === cls.at.line,
		);
	}

	#readEffects({ scope, caller }: Entered): void {
		const { module } = scope;
		const interesting = (line: number) =>
			EFFECT_TEXT.test(module.line(line)) || (this.#factories?.test(module.line(line)) ?? false);
		const calls: Value[] = scope.effects
			.filter((effect) => interesting(effect.line))
			.map((effect) => effect.evaluate());
		for (const [name, bindings] of scope.bindings) {
			for (const binding of bindings) {
				const line = module.line(binding.line);
				// A function's line is its `def`: the decorator stands before it.
				const decorated =
					/^\s*(async\s+)?def\s/.test(line) && /\blistens_for\b/.test(module.line(binding.line - 1));
				if (!binding.bare && (decorated || interesting(binding.line)))
					calls.push(force(name, binding, scope));
			}
		}
		for (const value of calls) this.#applyEffect(value, caller);
	}

	/** A gap for what runs beside the creation of tables. */
	#addListener(value: Value): boolean {
		const listener = readListener(value);
		if (!listener) return false;
		const { target, kinds, why } = listener;
		const table = this.lookup.tableOf(target);
		if (table) table.gaps.push({ kinds, why, at: value.at });
		else this.gaps.push({ file: value.at.file, why, at: value.at });
		return true;
	}

	#applyEffect(value: Value, caller: Origin | undefined): void {
		if (this.#addListener(value) || value.is !== "call") return;
		const { callee, args } = value;
		const method = callee.is === "attribute" ? callee.name : calledSymbol(value)?.replace(/^sa\./, "");
		const [first, second] = args;
		if (method === "map_imperatively" || method === "mapper") {
			const table = second ? this.lookup.tableOf(second) : undefined;
			if (table && first?.is === "class") table.classes.push(first.class.name);
			return;
		}
		if (
			(method === "append_constraint" || method === "append_column") &&
			callee.is === "attribute" &&
			first
		) {
			const table = this.lookup.tableOf(callee.object);
			if (table) addConstruct(first, table, this.#context);
			return;
		}
		if (calledSymbol(value) === "sa.Index") this.#addLooseIndex(value);
		else this.lookup.coreTable(value, caller);
	}

	/** `Index("name", User.email)` after the class: it belongs to the table of its columns. */
	#addLooseIndex(call: CallValue): void {
		const stated = call.keywords.get("_table");
		const table = stated
			? this.lookup.tableOf(stated)
			: call.args
					.slice(1)
					.map((arg) => this.lookup.tableWithin(arg))
					.find(Boolean);
		if (table) addConstruct(call, table, this.#context);
		else {
			const name = asString(call.args[0]);
			const why = `the table of the index ${name ?? ""} cannot be evaluated`.replace("  ", " ");
			this.gaps.push({ file: call.at.file, why, at: call.at });
		}
	}
}

const TABLE_TEXT = /Table\s*\(|Sequence\s*\(|table|\btype\s*\(/i;
const EFFECT_TEXT =
	/Index\s*\(|Table\s*\(|map_imperatively|mapper\s*\(|append_(constraint|column)|\btype\s*\(|\blisten\s*\(/;

/** Loops are followed if they can make tables, or change those that there are. */
const LOOP_TEXT =
	/\bclass\s+\w|\btype\s*\(|\bTable\s*\(|\bIndex\s*\(|append_(constraint|column)|map_imperatively/;
const MAKES_TABLE = /\bclass\s+\w+\s*\(|\bTable\s*\(|\bIndex\s*\(|append_(constraint|column)|__tablename__/;
/** More calls and rounds than any project's models need. */
const SCOPE_LIMIT = 20_000;

function factoryPattern(names: ReadonlySet<string>): RegExp | undefined {
	return names.size === 0 ? undefined : new RegExp(`\\b(?:${[...names].join("|")})\\s*\\(`, "u");
}
