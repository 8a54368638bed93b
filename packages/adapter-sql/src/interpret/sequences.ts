/** Sequences of their own and those that belong to columns. */
import { makeType } from "@schemalign/core";
import type { AlterSeqStmt, CreateSeqStmt, Node } from "libpg-query";
import { newSequence, sequenceLimit } from "../catalog/catalog.js";
import type { Sequence } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, nameFrom, optionsOf, relationName, scalarOf, textsOf } from "../tree.js";
import { Rejection, type Session, written } from "./session.js";

export function createSequence(session: Session, statement: Statement, stmt: CreateSeqStmt): void {
	const name = relationName(stmt.sequence);
	if (stmt.sequence?.relpersistence === "t") return;
	const schema = session.schemaFor(name);
	if (session.taken(schema, name.name)) {
		if (stmt.if_not_exists) return;
		throw new Rejection("42P07", `relation "${written(name)}" already exists`);
	}
	const sequence = newSequence(schema, name.name, statement.at);
	session.catalog.addRelation(sequence);
	setSequenceOptions(session, sequence, stmt.options, statement);
}

export function alterSequence(session: Session, statement: Statement, stmt: AlterSeqStmt): void {
	const name = relationName(stmt.sequence);
	const sequence = session.catalog.relation(name);
	if (sequence?.kind === "sequence") {
		setSequenceOptions(session, sequence, stmt.options, statement);
		return;
	}
	if (!stmt.missing_ok) session.certainlyMissing(name, statement, statement.at);
}

/** Applies the options of CREATE SEQUENCE, ALTER SEQUENCE or an identity column. */
export function setSequenceOptions(
	session: Session,
	sequence: Sequence,
	options: readonly Node[] | undefined,
	statement?: Statement,
): void {
	const list = optionsOf(options);
	const type = list.find((option) => option.defname === "as")?.arg;
	if (type && "TypeName" in type) {
		const limit = sequenceLimit(sequence.type.name);
		sequence.type = makeType(textsOf(type.TypeName.names).at(-1) ?? "bigint");
		if (sequence.maximum === limit) sequence.maximum = sequenceLimit(sequence.type.name);
	}
	let started = false;
	for (const { defname, arg } of list) {
		const value = scalarOf(arg);
		if (defname === "increment" && value !== undefined) {
			sequence.increment = String(value);
			if (Number(value) < 0) descend(sequence);
		} else if (defname === "minvalue" && value !== undefined) sequence.minimum = String(value);
		else if (defname === "maxvalue" && value !== undefined) sequence.maximum = String(value);
		else if (defname === "start" && value !== undefined) {
			sequence.start = String(value);
			started = true;
		} else if (defname === "cache" && value !== undefined) sequence.cache = String(value);
		else if (defname === "cycle") sequence.cycle = value !== false;
		else if (defname === "owned_by" && statement)
			setOwner(session, sequence, textsOf(itemsOf(arg)), statement);
	}
	if (started) return;
	if (Number(sequence.increment) > 0 && list.some(({ defname }) => defname === "minvalue")) {
		sequence.start = sequence.minimum;
	}
	if (Number(sequence.increment) < 0) sequence.start = sequence.maximum;
}

function descend(sequence: Sequence): void {
	sequence.minimum = `-${BigInt(sequenceLimit(sequence.type.name)) + 1n}`;
	sequence.maximum = "-1";
}

function setOwner(
	session: Session,
	sequence: Sequence,
	parts: readonly string[],
	statement: Statement,
): void {
	if (parts.length === 1) {
		delete sequence.ownedBy;
		return;
	}
	const table = session.catalog.relation(nameFrom(parts.slice(0, -1)));
	const column = table?.kind === "table" ? table.columns.get(parts.at(-1) ?? "") : undefined;
	if (table?.kind === "table" && table.schema !== sequence.schema && !table.presupposed) {
		throw new Rejection("55000", "sequence must be in same schema as table it is linked to");
	}
	if (table?.kind === "table" && !column && !table.presupposed && !table.incomplete) {
		throw new Rejection("42703", `column "${parts.at(-1)}" of relation "${table.name}" does not exist`);
	}
	if (table?.kind === "table" && column) {
		sequence.ownedBy = { table, column };
		return;
	}
	session.certainlyMissing(nameFrom(parts.slice(0, -1)), statement, statement.at);
}
