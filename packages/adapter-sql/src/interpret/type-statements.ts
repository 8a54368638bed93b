/** CREATE and ALTER of types: enums, domains, composite and range types. */
import type {
	AlterDomainStmt,
	AlterEnumStmt,
	CompositeTypeStmt,
	CreateDomainStmt,
	CreateEnumStmt,
	CreateRangeStmt,
	Node,
} from "libpg-query";
import { makeObjectName } from "../catalog/names.js";
import type { DomainType, Table, UserType, View } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { type Name, nameOf, optionsOf, relationName, renameLiteral, textsOf } from "../tree.js";
import { Rejection, type Session, written } from "./session.js";
import { readType, requireType } from "./types.js";

function requireFree(session: Session, name: Name): string {
	const schema = session.schemaFor(name);
	const relation = session.catalog.relationIn(schema, name.name);
	// A table or view has a type of its name (manual, "Composite Types").
	const row = relation?.kind === "table" || relation?.kind === "view" ? relation : undefined;
	const existing =
		session.catalog.typeIn(schema, name.name) ?? (row && !isPresupposed(row) ? row : undefined);
	if (existing) {
		throw new Rejection("42710", `type "${written(name)}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	return schema;
}

function isPresupposed(relation: Table | View): boolean {
	return relation.kind === "table" && relation.presupposed;
}

export function createEnum(session: Session, statement: Statement, stmt: CreateEnumStmt): void {
	const name = nameOf(stmt.typeName);
	const schema = requireFree(session, name);
	const { at } = statement;
	session.catalog.addType({
		kind: "enum",
		schema,
		name: name.name,
		at,
		labels: { value: textsOf(stmt.vals), at },
	});
}

export function alterEnum(session: Session, statement: Statement, stmt: AlterEnumStmt): void {
	const name = nameOf(stmt.typeName);
	const type = session.catalog.type(name);
	if (type && type.kind !== "enum") throw new Rejection("42809", `${written(name)} is not an enum`);
	if (!type) {
		requireType(session, name);
		session.gap({
			under: `enum:${session.catalog.schemaFor(name)}.${name.name}`,
			kinds: ["enum"],
			why: `labels are changed of the type ${written(name)}, which this source does not create`,
			at: statement.at,
		});
		return;
	}
	const labels = [...type.labels.value];
	const { oldVal, newVal = "", newValNeighbor } = stmt;
	if (oldVal !== undefined) {
		const at = labels.indexOf(oldVal);
		if (at === -1) throw new Rejection("22023", `"${oldVal}" is not an existing enum label`);
		if (labels.includes(newVal)) throw new Rejection("42710", `enum label "${newVal}" already exists`);
		labels[at] = newVal;
		renameInDefaults(session, type, oldVal, newVal);
	} else if (labels.includes(newVal)) {
		if (stmt.skipIfNewValExists) return;
		throw new Rejection("42710", `enum label "${newVal}" already exists`, [
			{ at: type.at, note: "the type" },
		]);
	} else if (newValNeighbor === undefined) labels.push(newVal);
	else {
		const at = labels.indexOf(newValNeighbor);
		if (at === -1) throw new Rejection("22023", `"${newValNeighbor}" is not an existing enum label`);
		labels.splice(stmt.newValIsAfter ? at + 1 : at, 0, newVal);
	}
	type.labels = { value: labels, at: statement.at };
}

/** A default holds the label itself, not its text: it follows a rename. */
function renameInDefaults(session: Session, type: UserType, from: string, to: string): void {
	for (const table of session.catalog.tables()) {
		for (const column of table.columns.values()) {
			const value = column.default?.value;
			if (column.type?.value.userType === type && value?.is === "expression")
				renameLiteral(value.node, from, to);
		}
	}
}

export function createDomain(session: Session, statement: Statement, stmt: CreateDomainStmt): void {
	const name = nameOf(stmt.domainname);
	const schema = requireFree(session, name);
	const { at } = statement;
	const domain: DomainType = {
		kind: "domain",
		schema,
		name: name.name,
		at,
		type: readType(session, stmt.typeName),
		notNull: { value: false, at },
		default: { value: null, at },
		checks: [],
	};
	for (const node of stmt.constraints ?? []) addToDomain(domain, statement, node);
	session.catalog.addType(domain);
}

function addToDomain(domain: DomainType, statement: Statement, node: Node): void {
	if (!("Constraint" in node)) return;
	const { contype, raw_expr, conname } = node.Constraint;
	const at = statement.line(node.Constraint.location);
	if (contype === "CONSTR_NOTNULL") domain.notNull = { value: true, at };
	else if (contype === "CONSTR_DEFAULT") domain.default = { value: raw_expr ?? null, at };
	else if (contype === "CONSTR_CHECK" && raw_expr) {
		domain.checks.push({ name: conname ?? makeObjectName(domain.name, "", "check"), node: raw_expr });
	}
}

export function alterDomain(session: Session, statement: Statement, stmt: AlterDomainStmt): void {
	const name = nameOf(stmt.typeName);
	const domain = session.catalog.type(name);
	if (!domain) requireType(session, name);
	else if (domain.kind !== "domain") throw new Rejection("42809", `${written(name)} is not a domain`);
	if (domain?.kind !== "domain") return;
	const { at } = statement;
	switch (stmt.subtype) {
		case "T":
			domain.default = { value: stmt.def ?? null, at };
			return;
		case "N":
			domain.notNull = { value: false, at };
			return;
		case "O":
			domain.notNull = { value: true, at };
			return;
		case "C":
			if (stmt.def) addToDomain(domain, statement, stmt.def);
			return;
		case "X":
			if (!stmt.missing_ok && !domain.checks.some((check) => check.name === stmt.name)) {
				throw new Rejection("42704", `constraint "${stmt.name}" of domain "${domain.name}" does not exist`);
			}
			domain.checks = domain.checks.filter((check) => check.name !== stmt.name);
			return;
		default:
	}
}

export function createComposite(session: Session, statement: Statement, stmt: CompositeTypeStmt): void {
	const name = relationName(stmt.typevar);
	const schema = requireFree(session, name);
	session.catalog.addType({
		kind: "composite",
		schema,
		name: name.name,
		at: statement.at,
		attributes: (stmt.coldeflist ?? []).flatMap((node) =>
			"ColumnDef" in node
				? [{ name: node.ColumnDef.colname ?? "", type: readType(session, node.ColumnDef.typeName) }]
				: [],
		),
	});
}

export function createRange(session: Session, statement: Statement, stmt: CreateRangeStmt): void {
	const name = nameOf(stmt.typeName);
	const schema = requireFree(session, name);
	const subtype = optionsOf(stmt.params).find((option) => option.defname === "subtype")?.arg;
	session.catalog.addType({
		kind: "range",
		schema,
		name: name.name,
		at: statement.at,
		subtype: readType(session, subtype && "TypeName" in subtype ? subtype.TypeName : undefined),
	});
}

/** A type of which only the name counts: a shell or base type. */
export function createOpaque(session: Session, statement: Statement, name: Name): void {
	const schema = session.schemaFor(name);
	const type: UserType = { kind: "opaque", schema, name: name.name, at: statement.at };
	if (!session.catalog.typeIn(schema, name.name)) session.catalog.addType(type);
	session.notModelled("CREATE TYPE (base type)", statement.at);
}
