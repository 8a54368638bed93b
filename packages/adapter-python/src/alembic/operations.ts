/** One call of a revision's program, and what it does to the schema. */

import type { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { type CallValue, externalPath, type Value } from "../evaluate/values.js";
import { knownValue } from "../sqlalchemy/model.js";
import { calledSymbol } from "../sqlalchemy/symbols.js";
import { readType } from "../sqlalchemy/types.js";
import { alterColumn, dropColumn } from "./alter-column.js";
import { createConstraint, dropConstraint } from "./alter-constraints.js";
import { createIndex, dropIndex } from "./alter-indexes.js";
import { Operation, tableName } from "./arguments.js";
import { createEnum, typeName } from "./columns.js";
import { performPlugin } from "./plugins.js";
import { CONNECTION, isConnection } from "./runtime.js";
import type { DdlScript } from "./script.js";
import { addColumn, createTable, dropTable, renameTable, tableComment } from "./tables.js";

type Perform = (operation: Operation, script: DdlScript) => void;

const OPERATIONS: Readonly<Record<string, Perform>> = {
	create_table: createTable,
	drop_table: dropTable,
	rename_table: renameTable,
	add_column: addColumn,
	drop_column: dropColumn,
	alter_column: alterColumn,
	create_index: createIndex,
	drop_index: dropIndex,
	create_unique_constraint: createConstraint,
	create_foreign_key: createConstraint,
	create_primary_key: createConstraint,
	create_check_constraint: createConstraint,
	create_exclude_constraint: createConstraint,
	drop_constraint: dropConstraint,
	create_table_comment: tableComment,
	drop_table_comment: tableComment,
};

/** Calls of `op` that change no schema. */
const HARMLESS = /^(bulk_insert|get_bind|get_context|f|inline_literal|batch_alter_table|execute|run_async)$/;

/** What a call is: done with, a statement to execute, or nothing that concerns the schema. */
export type Performed = "done" | "execute" | "nothing";

export function perform(call: CallValue, evaluator: Evaluator, script: DdlScript): Performed {
	const { callee } = call;
	const path = externalPath(callee);
	if (path?.startsWith("alembic.op."))
		return performOp(path.slice("alembic.op.".length), call, evaluator, script);
	if (path?.startsWith(`${CONNECTION}.`)) {
		return /^(execute|exec_driver_sql|scalar|scalars)$/.test(path.slice(CONNECTION.length + 1))
			? "execute"
			: "nothing";
	}
	if (callee.is === "attribute") {
		const { object, name } = callee;
		if (object.is === "call") {
			if (externalPath(object.callee) === "alembic.op.batch_alter_table") {
				return performBatch(name, object, call, evaluator, script);
			}
			if (name === "create" || name === "drop") return performType(name, object, call, evaluator, script);
			if (
				/(^|\.)(Session|sessionmaker|AsyncSession)$/.test(externalPath(object.callee) ?? "") &&
				/^(execute|scalars?)$/.test(name)
			) {
				return "execute";
			}
		}
		if (object.is === "call" && object.callee.is === "class" && usesOperations(object.callee.class)) {
			script.gap(undefined, [], `${object.callee.class.name}.${name}() is not followed`, call.at);
			return "done";
		}
		if (/^(create_all|drop_all|create|drop)$/.test(name)) return unreadCreation(call, script);
	}
	if (/\.(create_all|drop_all)$/.test(path ?? "")) return unreadCreation(call, script);
	if (path && handsOver(path, call)) {
		script.gap(
			undefined,
			[],
			`${path.split(".").at(-1)}() is given the connection and is not in the repository`,
			call.at,
		);
	}
	return "nothing";
}

function performOp(name: string, call: CallValue, evaluator: Evaluator, script: DdlScript): Performed {
	if (name === "execute") return "execute";
	const operation = OPERATIONS[name];
	if (operation && Object.hasOwn(OPERATIONS, name)) operation(new Operation(name, call, evaluator), script);
	else if (!HARMLESS.test(name) && !performPlugin(name, call, script)) {
		// Plugins of Alembic register operations of their own: `op.create_entity(PGFunction(…))`.
		script.gap(
			undefined,
			["function", "trigger", "view", "policy", "extension", "sequence", "schema", "enum", "domain"],
			`op.${name} is not one of Alembic's own operations`,
			call.at,
		);
	}
	return "done";
}

function performBatch(
	name: string,
	batch: CallValue,
	call: CallValue,
	evaluator: Evaluator,
	script: DdlScript,
): Performed {
	if (name === "f") return "nothing";
	if (name === "execute") return "execute";
	const table = tableName(
		batch.args[0] ?? batch.keywords.get("table_name"),
		batch.keywords.get("schema") ?? batch.args[1],
	);
	const operation = OPERATIONS[name];
	if (operation && Object.hasOwn(OPERATIONS, name)) {
		operation(new Operation(name, call, evaluator, { table }), script);
	} else script.gap(table, [], `${name} of a batch is not known`, call.at);
	return "done";
}

/** `sa.Enum(…).create(op.get_bind())` and `.drop`. */
function performType(
	method: "create" | "drop",
	object: CallValue,
	call: CallValue,
	evaluator: Evaluator,
	script: DdlScript,
): Performed {
	if (!/^(sa|pg)\.(Enum|ENUM)$/.test(calledSymbol(object) ?? "")) return unreadCreation(call, script);
	const type = readType(object, evaluator);
	const name = type.enum && knownValue(type.enum.name);
	if (!type.enum || name === undefined || script.mode === "unsure") {
		script.gap(undefined, ["enum"], "a type is created or dropped that cannot be evaluated", call.at);
		return "done";
	}
	const schema = type.enum.schema ?? "public";
	if (method === "create") createEnum(type, call.at, script);
	else {
		script.state.dropEnum(schema, name);
		script.add([{ text: `DROP TYPE IF EXISTS ${typeName(schema, name)}`, at: call.at }]);
	}
	return "done";
}

/** `Base.metadata.create_all(bind)`, `User.__table__.create(bind)`: what it creates are today's models, not those of then. */
function unreadCreation(call: CallValue, script: DdlScript): Performed {
	const takesConnection = [...call.args, ...call.keywords.values()].some(isConnection);
	if (!takesConnection) return "nothing";
	script.gap(undefined, [], "it creates what the models say when it runs", call.at);
	return "done";
}

/** Whether the text of a class of the repository calls `op` or executes SQL. */
function usesOperations({ definition, module }: PythonClass): boolean {
	for (let line = definition.line; line <= definition.endLine; line++) {
		if (/\bop\.\w|\bexecute\(/.test(module.line(line))) return true;
	}
	return false;
}

const HARMLESS_LIBRARIES =
	/^(builtins|logging|sqlalchemy|pandas|alembic|os|sys|json|uuid|datetime|typing|contextlib|schemalign)\b/;

/** A function from outside of the repository that is given `op` or the connection can do anything. */
function handsOver(path: string, call: CallValue): boolean {
	if (HARMLESS_LIBRARIES.test(path)) return false;
	const values: Value[] = [...call.args, ...call.keywords.values()];
	return values.some((value) => isConnection(value) || externalPath(value) === "alembic.op");
}
