/** Functions, procedures, triggers and policies. */
import type {
	AlterFunctionStmt,
	AlterPolicyStmt,
	CreateFunctionStmt,
	CreatePolicyStmt,
	CreateTrigStmt,
	DefElem,
	FunctionParameter,
	Node,
	ObjectWithArgs,
	RoleSpec,
} from "libpg-query";
import type { Routine, Trigger } from "../catalog/objects.js";
import { parseFailure } from "../parser.js";
import { placeholderIn } from "../script/read.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, nameOf, optionsOf, relationName, scalarOf, textsOf } from "../tree.js";
import { functionBody } from "./body.js";
import { Rejection, type Session, written } from "./session.js";
import { typeText } from "./types.js";

export function createFunction(session: Session, statement: Statement, stmt: CreateFunctionStmt): void {
	const name = nameOf(stmt.funcname);
	const schema = session.catalog.schemaFor(name);
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

function bodyOf(options: readonly DefElem[]): string | undefined {
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

/** PL/pgSQL compiles a body when the function is made; a RAISE with the wrong number of parameters fails there. */
function requireValidBody(
	session: Session,
	statement: Statement,
	options: readonly DefElem[],
	language: string,
): void {
	if (!session.checkFunctionBodies || language !== "plpgsql") return;
	const body = bodyOf(options);
	if (body === undefined || !/\braise\b/i.test(body)) return;
	checkPlpgsql(session, statement);
}

/** @throws Rejection if PL/pgSQL's compiler refuses the statement's body for a RAISE or its syntax */
export function checkPlpgsql(session: Session, statement: Statement): unknown {
	try {
		return session.parser.parsePlpgsql(statement.sql);
	} catch (error) {
		const { message } = parseFailure(error);
		if (!/RAISE|syntax error/i.test(message) || placeholderIn(statement.sql)) return undefined;
		throw new Rejection("42601", message, [], raiseLine(statement, message));
	}
}

/** The line of the first RAISE whose placeholders and parameters differ in number, to the eye. */
function raiseLine(statement: Statement, message: string) {
	if (!message.includes("RAISE")) return undefined;
	const raise = /\braise\s+(?:\w+\s+)?'((?:[^']|'')*)'\s*((?:,[^;]*)?);/gi;
	for (const match of statement.sql.matchAll(raise)) {
		const wanted = (match[1] ?? "").replaceAll("%%", "").split("%").length - 1;
		const given = match[2] ? topLevelCommas(match[2].replace(/\busing\b[\s\S]*$/i, "")) : 0;
		if (wanted !== given) return statement.lines.at(statement.start + match.index);
	}
	return undefined;
}

function topLevelCommas(text: string): number {
	let depth = 0;
	let count = 0;
	for (const char of text.replace(/'(?:[^']|'')*'/g, "")) {
		if (char === "(" || char === "[") depth++;
		else if (char === ")" || char === "]") depth--;
		else if (char === "," && depth === 0) count++;
	}
	return count;
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
export function dropRoutine(session: Session, object: ObjectWithArgs, cascade: boolean): void {
	const routine = findRoutine(session, object);
	if (!routine) return;
	const callers = callersOf(session, routine);
	if (!cascade && callers.length > 0) {
		throw new Rejection(
			"2BP01",
			`cannot drop function ${routine.name}(${routine.args.join(", ")}) because other objects depend on it: ${callers.map(({ trigger, table }) => `trigger ${trigger.name} on ${table}`).join(", ")}`,
			callers.map(({ trigger, table }) => ({ at: trigger.at, note: `trigger ${trigger.name} on ${table}` })),
		);
	}
	session.catalog.removeRoutine(routine);
	for (const { triggers, trigger } of callers) triggers.delete(trigger.name);
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

/** Bits of `timing` and `events` (trigger.h). */
const BEFORE = 2;
const INSTEAD = 64;
const EVENTS = [
	[4, "insert"],
	[8, "delete"],
	[16, "update"],
	[32, "truncate"],
] as const;

export function createTrigger(session: Session, statement: Statement, stmt: CreateTrigStmt): void {
	const name = relationName(stmt.relation);
	if (session.isTemporary(name)) return;
	const found = session.catalog.relation(name);
	const relation = found?.kind === "view" ? found : session.table(name, statement, statement.at);
	const own = stmt.trigname ?? "";
	const existing = relation.triggers.get(own);
	if (existing && !stmt.replace) {
		throw new Rejection("42710", `trigger "${own}" for relation "${relation.name}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const timing = stmt.timing ?? 0;
	const columns = textsOf(stmt.columns);
	const trigger: Trigger = {
		name: own,
		at: statement.at,
		timing: (timing & BEFORE) !== 0 ? "before" : (timing & INSTEAD) !== 0 ? "instead of" : "after",
		events: EVENTS.filter(([bit]) => ((stmt.events ?? 0) & bit) !== 0).map(([, event]) =>
			event === "update" && columns.length > 0 ? `update of ${[...columns].sort().join(", ")}` : event,
		),
		level: stmt.row ? "row" : "statement",
		...triggerFunction(session, stmt),
		...(stmt.whenClause ? { condition: stmt.whenClause } : {}),
	};
	relation.triggers.set(own, trigger);
	if (relation.kind !== "table" || !relation.partitionKey || trigger.level !== "row") return;
	for (const child of relation.children) if (child.partitionOf) child.triggers.set(own, { ...trigger });
}

function triggerFunction(
	session: Session,
	stmt: CreateTrigStmt,
): Pick<Trigger, "routine" | "calls" | "args"> {
	const name = nameOf(stmt.funcname);
	const routine = session.catalog.routines(name).find((candidate) => candidate.args.length === 0);
	const later = routine ? undefined : session.forecast.routineCreatedLater(name, session.order);
	if (later) {
		throw new Rejection("42883", `function ${written(name)}() does not exist`, [
			{ at: later, note: "created only here" },
		]);
	}
	return {
		...(routine ? { routine } : {}),
		calls: `${name.schema ?? "public"}.${name.name}`,
		args: textsOf(stmt.args)
			.map((arg) => `'${arg.replaceAll("'", "''")}'`)
			.join(", "),
	};
}

export function createPolicy(session: Session, statement: Statement, stmt: CreatePolicyStmt): void {
	const table = session.table(relationName(stmt.table), statement, statement.at);
	const name = stmt.policy_name ?? "";
	const existing = table.policies.get(name);
	if (existing) {
		throw new Rejection("42710", `policy "${name}" for table "${table.name}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const { at } = statement;
	table.policies.set(name, {
		name,
		at,
		command: stmt.cmd_name ?? "all",
		permissive: stmt.permissive ?? false,
		roles: { value: rolesOf(stmt.roles), at },
		...(stmt.qual ? { using: { value: stmt.qual, at } } : {}),
		...(stmt.with_check ? { check: { value: stmt.with_check, at } } : {}),
	});
}

export function alterPolicy(session: Session, statement: Statement, stmt: AlterPolicyStmt): void {
	const table = session.table(relationName(stmt.table), statement, statement.at);
	const policy = table.policies.get(stmt.policy_name ?? "");
	if (!policy) {
		if (table.presupposed) return;
		throw new Rejection("42704", `policy "${stmt.policy_name}" for table "${table.name}" does not exist`);
	}
	const { at } = statement;
	if (stmt.roles) policy.roles = { value: rolesOf(stmt.roles), at };
	if (stmt.qual) policy.using = { value: stmt.qual, at };
	if (stmt.with_check) policy.check = { value: stmt.with_check, at };
}

function rolesOf(nodes: readonly Node[] | undefined): string[] {
	return (nodes ?? []).flatMap((node) => ("RoleSpec" in node ? [roleText(node.RoleSpec)] : []));
}

function roleText(role: RoleSpec): string {
	switch (role.roletype) {
		case "ROLESPEC_PUBLIC":
			return "public";
		case "ROLESPEC_CURRENT_USER":
		case "ROLESPEC_CURRENT_ROLE":
			return "current_user";
		case "ROLESPEC_SESSION_USER":
			return "session_user";
		default:
			return role.rolename ?? "";
	}
}
