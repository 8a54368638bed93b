/** Which functions of the repository a revision's program is followed into. */
import type { CallArguments } from "../evaluate/functions.js";
import type { PythonModule } from "../evaluate/module.js";
import type { Scope } from "../evaluate/scope.js";
import { externalPath, type FunctionValue, type Value } from "../evaluate/values.js";
import type { Statement } from "../syntax/ast.js";
import { isConnection } from "./runtime.js";

export function isRaise(body: readonly Statement[]): boolean {
	return body.at(-1)?.kind === "raise";
}

/** Whether the function can reach the database: its module imports Alembic, or it is given the connection or `op`. */
export function mayMigrate({ scope }: FunctionValue, args: CallArguments): boolean {
	const imports = scope.module.parsed.body.some(
		(statement) =>
			(statement.kind === "import" || statement.kind === "from") && /^alembic\b/.test(statement.module),
	);
	if (imports) return true;
	return [...args.positional, ...args.keywords.values()].some(
		(value) =>
			isConnection(value) ||
			externalPath(value) === "alembic.op" ||
			(value.is === "call" && /(Session|batch_alter_table)$/.test(externalPath(value.callee) ?? "")),
	);
}

/** Decorators that only wrap the call: `@contextmanager`, `@cache`. */
export function isTransparent(decorator: Value): boolean {
	const target = decorator.is === "call" ? decorator.callee : decorator;
	return /^(contextlib|functools|builtins|typing)\./.test(externalPath(target) ?? "");
}

const LONG_FUNCTION = 60;

/** The lines of a function's body. */
export function functionText(module: PythonModule, start: number): string[] {
	const lines: string[] = [];
	for (let line = start + 1; line < start + LONG_FUNCTION; line++) {
		const text = module.line(line);
		if (/^(def|class|@)/.test(text)) break;
		lines.push(text);
	}
	return lines;
}

/** Gives the name its present value: the statements are followed one after another. */
export function bindName(scope: Scope, name: string, value: Value): void {
	scope.bindings.delete(name);
	scope.bind(name, { line: value.at.line, conditions: [], evaluate: () => value });
}
