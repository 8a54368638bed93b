/** Functions and procedures. */

import type { Origin } from "@schemalign/core";
import type {
	AlterFunctionStmt,
	CreateFunctionStmt,
	DefElem,
	FunctionParameter,
	Node,
	ObjectWithArgs,
} from "libpg-query";
import type { Routine, Trigger } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, nameOf, optionsOf, scalarOf, textsOf } from "../tree.js";
import { functionBody } from "./body.js";
import { requireValidBody } from "./function-check.js";
import { Rejection, type Session, written } from "./session.js";
import { typeText } from "./types.js";

export function createFunction(session: Session, statement: Statement, stmt: CreateFunctionStmt): void {
	const name = nameOf(stmt.funcname);
	const schema = session.schemaFor(name);
	const parameters = (stmt.parameters ?? []).flatMap((node) =>
		"FunctionParameter" in node ? [node.FunctionParameter] : [],
	);
	const args = parameters.filter(isInput).map((parameter) => typeText(session, parameter.argType));
	const options = optionsOf(stmt.options);
	const language = String(scalarOf(option(options, "language")) ?? "sql").toLowerCase();
	requireValidBody(session, statement, options, language);
	const existing = session.catalog.routinesIn(schema, name.name).find((other) => sameArgs(other.args, args));
	if (existing) {
		if (!stmt.replace) {
			throw new Rejection("42723", `function "${name.name}" already exists with same argument types`, [
				{ at: existing.at, note: "the first one is created here" },
			]);
		}
	}
	const { at } = statement;
	const text = bodyOf(options);
	const body = text === undefined ? undefined : functionBody(text, language);
	const routine: Routine = {
		schema,
		name: name.name,
		at,
		args,
		procedure: stmt.is_procedure ?? false,
		returns: { value: returnsText(session, stmt, parameters), at },
		language: { value: language, at },
		...(text === undefined || body === undefined ? {} : { text, body: { value: body, at } }),
		volatility: { value: String(scalarOf(option(options, "volatility")) ?? "volatile"), at },
		security: { value: isSet(option(options, "security")) ? "definer" : "invoker", at },
	};
	if (!existing) session.catalog.addRoutine(routine);
	else {
		// Triggers keep pointing to the same function.
		delete existing.body;
		delete existing.text;
		Object.assign(existing, routine);
	}
}

function isInput(parameter: FunctionParameter): boolean {
	return parameter.mode !== "FUNC_PARAM_OUT" && parameter.mode !== "FUNC_PARAM_TABLE";
}

function option(options: readonly DefElem[], name: string): Node | undefined {
	return options.find((candidate) => candidate.defname === name)?.arg;
}

function isSet(node: Node | undefined): boolean {
	const value = scalarOf(node);
	return value === true || value === 1;
}

function sameArgs(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((type, position) => type === b[position]);
}

export function bodyOf(options: readonly DefElem[]): string | undefined {
	const texts = textsOf(itemsOf(option(options, "as")));
	return texts.length === 1 ? texts[0] : undefined;
}

function returnsText(
	session: Session,
	stmt: CreateFunctionStmt,
	parameters: readonly FunctionParameter[],
): string {
	const columns = parameters.filter((parameter) => parameter.mode === "FUNC_PARAM_TABLE");
	if (columns.length > 0) {
		const list = columns.map((column) => `${column.name ?? ""} ${typeText(session, column.argType)}`);
		return `TABLE(${list.join(", ")})`;
	}
	if (stmt.returnType) return typeText(session, stmt.returnType);
	const outputs = parameters.filter(
		(parameter) => parameter.mode === "FUNC_PARAM_OUT" || parameter.mode === "FUNC_PARAM_INOUT",
	);
	if (stmt.is_procedure) return "";
	return outputs.length === 1
		? typeText(session, outputs[0]?.argType)
		: outputs.length > 1
			? "record"
			: "void";
}

/** The routine that a DROP, ALTER or COMMENT means. */
export function findRoutine(session: Session, object: ObjectWithArgs): Routine | undefined {
	const candidates = session.catalog.routines(nameOf(object.objname));
	if (object.args_unspecified) return candidates[0];
	const args = (object.objargs ?? []).map((node) =>
		"TypeName" in node ? typeText(session, node.TypeName) : "",
	);
	return candidates.find((candidate) => sameArgs(candidate.args, args));
}

/** @throws Rejection if a trigger calls it and `cascade` is not set */
export function dropRoutine(
	session: Session,
	object: ObjectWithArgs,
	options: { cascade: boolean; missingOk: boolean; at: Origin },
): void {
	const { cascade, at } = options;
	const routine = findRoutine(session, object);
	if (!routine) {
		if (!options.missingOk) requireRoutine(session, object);
		return;
	}
	const callers = callersOf(session, routine);
	if (!cascade && callers.length > 0) {
		throw new Rejection(
			"2BP01",
			`cannot drop function ${routine.name}(${routine.args.join(", ")}) because other objects depend on it: ${callers.map(({ trigger, table }) => `trigger ${trigger.name} on ${table}`).join(", ")}`,
			callers.map(({ trigger, table }) => ({ at: trigger.at, note: `trigger ${trigger.name} on ${table}` })),
		);
	}
	session.catalog.removeRoutine(routine, { at, what: "dropped" });
	for (const { triggers, trigger } of callers) triggers.delete(trigger.name);
}

/** @throws Rejection if all routines of the name were dropped or renamed */
export function requireRoutine(session: Session, object: ObjectWithArgs): void {
	const name = nameOf(object.objname);
	const gone = session.mayCreate ? undefined : session.catalog.routineTombstone(name);
	if (!gone || session.catalog.routines(name).length > 0) return;
	throw new Rejection("42883", `function ${written(name)} does not exist`, [
		{ at: gone.at, note: `${gone.what} here` },
	]);
}

function callersOf(
	session: Session,
	routine: Routine,
): { triggers: Map<string, Trigger>; trigger: Trigger; table: string }[] {
	return [...session.catalog.relations()].flatMap((relation) =>
		relation.kind === "table" || relation.kind === "view"
			? [...relation.triggers.values()]
					.filter((trigger) => trigger.routine === routine)
					.map((trigger) => ({ triggers: relation.triggers, trigger, table: relation.name }))
			: [],
	);
}

export function alterFunction(session: Session, statement: Statement, stmt: AlterFunctionStmt): void {
	const routine = stmt.func ? findRoutine(session, stmt.func) : undefined;
	if (!routine) return;
	for (const { defname, arg } of optionsOf(stmt.actions)) {
		if (defname === "volatility") routine.volatility = { value: String(scalarOf(arg)), at: statement.at };
		else if (defname === "security") {
			routine.security = { value: isSet(arg) ? "definer" : "invoker", at: statement.at };
		}
	}
}
