/** One statement, interpreted: what it does to the catalog, or why Postgres rejects it. */
import { messageOf } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { nameOf, optionsOf, scalarOf, textOf } from "../tree.js";
import { alterTable } from "./alter-table.js";
import { comment } from "./comment.js";
import { createTable, createTableAs, fromQuery } from "./create-table.js";
import { runDoBlock } from "./do-block.js";
import { drop } from "./drop.js";
import { callGaps, kindsIn } from "./dynamic.js";
import { alterFunction, createFunction } from "./functions.js";
import { createIndex } from "./indexes.js";
import { alterPolicy, createPolicy } from "./policies.js";
import { rejected } from "./rejected.js";
import { rename } from "./rename.js";
import { alterSequence, createSequence } from "./sequences.js";
import { Rejection, type Session } from "./session.js";
import { setSchema } from "./set-schema.js";
import { setSearchPath, setVariable, transaction } from "./settings.js";
import { createTrigger } from "./triggers.js";
import {
	alterDomain,
	alterEnum,
	createComposite,
	createDomain,
	createEnum,
	createOpaque,
	createRange,
} from "./type-statements.js";
import { createMaterializedView, createView } from "./views.js";

/** Interprets the statement; what Postgres would reject is reported, has no effect, and is answered. */
export function interpret(session: Session, statement: Statement): Rejection | undefined {
	session.order = statement.order;
	try {
		execute(session, statement, statement.node);
	} catch (error) {
		if (error instanceof Rejection) {
			rejected(session, statement, error);
			return error;
		}
		defect(session, statement, error);
	}
	return undefined;
}

/** A statement that this reader cannot digest must not hide the others: it becomes a gap. */
function defect(session: Session, statement: Statement, error: unknown): void {
	const why = messageOf(error);
	session.gap({
		under: "*",
		kinds: kindsIn(statement.sql),
		why: `a statement could not be interpreted: ${why}`,
		at: statement.at,
	});
}

/**
 * Interprets a statement's tree.
 * @throws Rejection where Postgres rejects it
 */
export function execute(session: Session, statement: Statement, node: Node): void {
	if ("CreateStmt" in node) createTable(session, statement, node.CreateStmt);
	else if ("AlterTableStmt" in node) alterTable(session, statement, node.AlterTableStmt);
	else if ("IndexStmt" in node) createIndex(session, statement, node.IndexStmt);
	else if ("CommentStmt" in node) comment(session, statement, node.CommentStmt);
	else if ("CreateFunctionStmt" in node) createFunction(session, statement, node.CreateFunctionStmt);
	else if ("CreateTrigStmt" in node) createTrigger(session, statement, node.CreateTrigStmt);
	else if ("CreatePolicyStmt" in node) createPolicy(session, statement, node.CreatePolicyStmt);
	else if ("DropStmt" in node) drop(session, statement, node.DropStmt);
	else if ("RenameStmt" in node) rename(session, statement, node.RenameStmt);
	else if ("DoStmt" in node) runDoBlock(session, statement, node.DoStmt);
	else if (!executeType(session, statement, node) && !executeOther(session, statement, node))
		unmodelled(session, statement, node);
}

function executeType(session: Session, statement: Statement, node: Node): boolean {
	if ("CreateEnumStmt" in node) createEnum(session, statement, node.CreateEnumStmt);
	else if ("AlterEnumStmt" in node) alterEnum(session, statement, node.AlterEnumStmt);
	else if ("CreateDomainStmt" in node) createDomain(session, statement, node.CreateDomainStmt);
	else if ("AlterDomainStmt" in node) alterDomain(session, statement, node.AlterDomainStmt);
	else if ("CompositeTypeStmt" in node) createComposite(session, statement, node.CompositeTypeStmt);
	else if ("CreateRangeStmt" in node) createRange(session, statement, node.CreateRangeStmt);
	else if ("DefineStmt" in node && node.DefineStmt.kind === "OBJECT_TYPE") {
		createOpaque(session, statement, nameOf(node.DefineStmt.defnames));
	} else return false;
	return true;
}

function executeOther(session: Session, statement: Statement, node: Node): boolean {
	if ("ViewStmt" in node) createView(session, statement, node.ViewStmt);
	else if ("CreateTableAsStmt" in node) {
		if (node.CreateTableAsStmt.objtype === "OBJECT_MATVIEW") {
			createMaterializedView(session, statement, node.CreateTableAsStmt);
		} else createTableAs(session, statement, node.CreateTableAsStmt);
	} else if ("CreateSeqStmt" in node) createSequence(session, statement, node.CreateSeqStmt);
	else if ("AlterSeqStmt" in node) alterSequence(session, statement, node.AlterSeqStmt);
	else if ("AlterPolicyStmt" in node) alterPolicy(session, statement, node.AlterPolicyStmt);
	else if ("AlterFunctionStmt" in node) alterFunction(session, statement, node.AlterFunctionStmt);
	else if ("AlterObjectSchemaStmt" in node) setSchema(session, statement, node.AlterObjectSchemaStmt);
	else if ("VariableSetStmt" in node) setVariable(session, node.VariableSetStmt);
	else if ("TransactionStmt" in node) transaction(session, node.TransactionStmt);
	else if ("SelectStmt" in node) select(session, statement, node);
	else if ("CallStmt" in node) callGaps(session, statement, { FuncCall: node.CallStmt.funccall ?? {} });
	else if ("CreateSchemaStmt" in node) createSchema(session, statement, node);
	else if ("CreateExtensionStmt" in node) createExtension(session, statement, node);
	else if ("CreateForeignTableStmt" in node) {
		session.notModelled("servers and options of foreign tables", statement.at);
		if (node.CreateForeignTableStmt.base) createTable(session, statement, node.CreateForeignTableStmt.base);
	} else return false;
	return true;
}

function createSchema(
	session: Session,
	statement: Statement,
	node: Extract<Node, { CreateSchemaStmt: unknown }>,
): void {
	const { schemaname, authrole, if_not_exists, schemaElts } = node.CreateSchemaStmt;
	const name = schemaname ?? authrole?.rolename ?? "";
	const existing = session.catalog.schemas.get(name);
	if (existing && !if_not_exists) {
		throw new Rejection("42P06", `schema "${name}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	if (!existing) session.catalog.schemas.set(name, { kind: "schema", name, at: statement.at });
	const { searchPath } = session.catalog;
	session.catalog.searchPath = [name, ...searchPath];
	for (const element of schemaElts ?? []) execute(session, statement, element);
	session.catalog.searchPath = searchPath;
}

function createExtension(
	session: Session,
	statement: Statement,
	node: Extract<Node, { CreateExtensionStmt: unknown }>,
): void {
	const { extname = "", if_not_exists, options } = node.CreateExtensionStmt;
	// Every database has it from the start (manual, "PL/pgSQL"); saying so states nothing.
	if (extname === "plpgsql") return;
	const existing = session.catalog.extensions.get(extname);
	if (existing) {
		if (if_not_exists) return;
		throw new Rejection("42710", `extension "${extname}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const given = new Map(optionsOf(options).map((option) => [option.defname, scalarOf(option.arg)]));
	const version = given.get("new_version");
	const schema = given.get("schema");
	session.catalog.extensions.set(extname, {
		name: extname,
		at: statement.at,
		...(typeof version === "string" ? { version } : {}),
		...(typeof schema === "string" ? { schema } : {}),
	});
}

/** SELECT changes the schema only by INTO and by set_config. */
function select(session: Session, statement: Statement, node: Extract<Node, { SelectStmt: unknown }>): void {
	const { intoClause, targetList } = node.SelectStmt;
	if (intoClause) fromQuery(session, statement, intoClause, node, false);
	callGaps(session, statement, node);
	for (const target of targetList ?? []) {
		const value = "ResTarget" in target ? target.ResTarget.val : undefined;
		if (!value || !("FuncCall" in value)) continue;
		const name = textOf(value.FuncCall.funcname?.at(-1));
		const args = (value.FuncCall.args ?? []).map(scalarOf);
		if (name === "set_config" && args[0] === "search_path" && typeof args[1] === "string") {
			setSearchPath(session, searchPathFrom(args[1]), args[2] === true);
		} else if (name?.startsWith("create_") && /hypertable|distributed_table|reference_table/.test(name)) {
			session.notModelled(`${name}()`, statement.at);
		}
	}
}

function searchPathFrom(text: string): string[] {
	return text
		.split(",")
		.map((part) => part.trim().replace(/^"(.*)"$/, "$1"))
		.filter((part) => part !== "" && part !== "$user");
}

/** Statements about data or the session, which leave the schema as it is. */
const HARMLESS = new Set(
	`InsertStmt UpdateStmt DeleteStmt MergeStmt CopyStmt TruncateStmt VacuumStmt ClusterStmt ReindexStmt
	LockStmt ExplainStmt RefreshMatViewStmt DiscardStmt NotifyStmt ListenStmt UnlistenStmt LoadStmt CheckPointStmt
	VariableShowStmt PrepareStmt ExecuteStmt DeallocateStmt DeclareCursorStmt FetchStmt ClosePortalStmt ConstraintsSetStmt`.split(
		/\s+/,
	),
);
/** Statements about what is not compared, by what they concern. */
const NOTED: Readonly<Record<string, string>> = {
	GrantStmt: "GRANT and REVOKE",
	GrantRoleStmt: "GRANT and REVOKE",
	AlterDefaultPrivilegesStmt: "ALTER DEFAULT PRIVILEGES",
	AlterOwnerStmt: "OWNER TO",
	ReassignOwnedStmt: "OWNER TO",
	DropOwnedStmt: "DROP OWNED",
	CreateRoleStmt: "roles",
	AlterRoleStmt: "roles",
	AlterRoleSetStmt: "roles",
	DropRoleStmt: "roles",
	SecLabelStmt: "SECURITY LABEL",
	CreatedbStmt: "databases and tablespaces",
	DropdbStmt: "databases and tablespaces",
	AlterDatabaseStmt: "databases and tablespaces",
	AlterDatabaseSetStmt: "databases and tablespaces",
	AlterSystemStmt: "settings of the server",
	CreateTableSpaceStmt: "databases and tablespaces",
	DropTableSpaceStmt: "databases and tablespaces",
	AlterTableSpaceOptionsStmt: "databases and tablespaces",
	AlterExtensionStmt: "ALTER EXTENSION",
	AlterExtensionContentsStmt: "ALTER EXTENSION",
};

function unmodelled(session: Session, statement: Statement, node: Node): void {
	const tag = Object.keys(node)[0] ?? "";
	if (HARMLESS.has(tag)) {
		session.history.rows(session, node);
		return;
	}
	const noted = NOTED[tag];
	if (noted) {
		session.notModelled(noted, statement.at);
		return;
	}
	const words = statement.sql
		.slice(0, 80)
		.split(/[\s(]+/)
		.slice(0, 4);
	const what = words.join(" ").toUpperCase();
	session.notModelled(/^(CREATE|ALTER|DROP)/.test(what) ? kindOf(what) : what, statement.at);
}

/** The first keywords without the object's own name: `CREATE RULE`, `CREATE EVENT TRIGGER`. */
function kindOf(words: string): string {
	const [verb, ...rest] = words.replace(/\bOR REPLACE\b/, "").split(/\s+/);
	const known = rest.filter((word) =>
		/^(EVENT|TRIGGER|RULE|AGGREGATE|OPERATOR|CLASS|FAMILY|CAST|PUBLICATION|SUBSCRIPTION|SERVER|FOREIGN|DATA|STATISTICS|TEXT|SEARCH|COLLATION|CONVERSION|LANGUAGE|TRANSFORM|USER|ACCESS|METHOD|DEFAULT|CONSTRAINT|TYPE|VIEW)$/.test(
			word,
		),
	);
	return [verb, ...known].join(" ");
}
