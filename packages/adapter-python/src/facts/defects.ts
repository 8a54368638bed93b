/** What SQLAlchemy or Python refuses, and what of the files could not be read. */
import { FileProblem, formatAddress, type SnapshotBuilder } from "@schemalign/core";
import type { Analysis } from "../discover/project.js";
import type { PythonModule } from "../evaluate/module.js";
import { knownValue, type TableModel } from "../sqlalchemy/model.js";
import type { ClassDefinition, Statement, SyntaxProblem } from "../syntax/ast.js";

/** States the defects of the source's files. */
export function stateDefects(
	builder: SnapshotBuilder,
	files: ReadonlySet<string>,
	analysis: Analysis,
	tables: readonly TableModel[],
): void {
	for (const path of files) {
		const file = analysis.workspace.file(path);
		if (file instanceof FileProblem)
			builder.gap({ under: "*", kinds: [], why: file.message, at: { file: path, line: 1 } });
		else if (file) stateSyntax(builder, path, file.parsed, tables);
	}
	for (const refusal of analysis.collection.lookup.refusals) {
		if (!refusal.table || !tables.includes(refusal.table)) continue;
		const { message, why, help, at } = refusal;
		const address = addressOf(refusal.table);
		builder.diagnostic({ code: "model-rejected", severity: "critical", message, why, help, at, ...address });
	}
	for (const gap of analysis.collection.gaps) {
		if (files.has(gap.file))
			builder.gap({ under: "*", kinds: ["table", "index", "unique"], why: gap.why, at: gap.at });
	}
}

function addressOf(table: TableModel): { address?: string } {
	const [schema, name] = [knownValue(table.schema), knownValue(table.name)];
	return schema === undefined || name === undefined ? {} : { address: formatAddress("table", schema, name) };
}

function stateSyntax(
	builder: SnapshotBuilder,
	path: string,
	parsed: PythonModule["parsed"],
	tables: readonly TableModel[],
): void {
	if (parsed.unreadable) {
		builder.gap({
			under: "*",
			kinds: [],
			why: `${path} is ${parsed.unreadable}`,
			at: { file: path, line: 1 },
		});
	}
	const [first] = parsed.errors;
	if (!first) return;
	const classes = classesOf(parsed.body);
	for (const error of parsed.errors) {
		const inside = classes.find((each) => each.line <= error.line && error.line <= each.endLine);
		const table = inside && tables.find((each) => each.at.file === path && each.at.line === inside.line);
		stateError(builder, path, error, inside?.name, table);
	}
}

function stateError(
	builder: SnapshotBuilder,
	path: string,
	error: SyntaxProblem,
	className: string | undefined,
	table: TableModel | undefined,
): void {
	const at = { file: path, line: error.line };
	const where = className ? ` in the class ${className}` : "";
	const address = table ? addressOf(table) : {};
	builder.diagnostic({
		code: "model-rejected",
		severity: "critical",
		message: `${path} is not Python: \`${error.text}\`${where} is a syntax error`,
		why: "Python cannot import the module, so no model of it works. The rest of the file was still read.",
		help: prismaHelp(error.text),
		at,
		...address,
	});
	builder.gap({
		under: address.address ?? "*",
		kinds: [],
		why: `what is not Python is not read: \`${error.text}\``,
		at,
	});
}

function prismaHelp(text: string): string {
	return text.startsWith("@@")
		? "`@@index` and its like are Prisma's: write `__table_args__ = (Index(…),)` instead."
		: "Correct the line; `python -m py_compile` shows what Python makes of it.";
}

function classesOf(statements: readonly Statement[]): ClassDefinition[] {
	return statements.flatMap((statement) => {
		if (statement.kind === "class") return [statement];
		if (statement.kind === "if") return statement.branches.flatMap((branch) => classesOf(branch.body));
		if (statement.kind === "try" || statement.kind === "with") return classesOf(statement.body);
		return [];
	});
}
