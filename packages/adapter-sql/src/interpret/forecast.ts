/** Which tables the scripts create at all, and where: tells a table that is made elsewhere from one that is not yet there. */
import type { Origin } from "@schemalign/core";
import type { DropStmt } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { type Name, nameOf, relationName } from "../tree.js";

interface Creation {
	readonly schema: string | undefined;
	readonly order: number;
	readonly at: Origin;
}

export class Forecast {
	readonly #creations = new Map<string, Creation[]>();
	/** Where a name is renamed away or dropped: what bore it must have been there. */
	readonly #removals = new Map<string, Creation[]>();
	readonly #types = new Map<string, Creation[]>();
	readonly #routines = new Map<string, Creation[]>();

	constructor(statements: readonly Statement[]) {
		for (const statement of statements) this.#look(statement);
	}

	#look(statement: Statement): void {
		const { node } = statement;
		if ("CreateStmt" in node) this.#add(relationName(node.CreateStmt.relation), statement);
		else if ("CreateForeignTableStmt" in node) {
			this.#add(relationName(node.CreateForeignTableStmt.base?.relation), statement);
		} else if ("ViewStmt" in node) this.#add(relationName(node.ViewStmt.view), statement);
		else if ("CreateTableAsStmt" in node)
			this.#add(relationName(node.CreateTableAsStmt.into?.rel), statement);
		else if ("CreateSeqStmt" in node) this.#add(relationName(node.CreateSeqStmt.sequence), statement);
		else if ("RenameStmt" in node && node.RenameStmt.renameType === "OBJECT_TABLE") {
			this.#add({ name: node.RenameStmt.newname ?? "" }, statement);
			this.#note(this.#removals, relationName(node.RenameStmt.relation), statement);
		} else if ("CreateEnumStmt" in node)
			this.#note(this.#types, nameOf(node.CreateEnumStmt.typeName), statement);
		else if ("CreateDomainStmt" in node)
			this.#note(this.#types, nameOf(node.CreateDomainStmt.domainname), statement);
		else if ("CompositeTypeStmt" in node) {
			this.#note(this.#types, relationName(node.CompositeTypeStmt.typevar), statement);
		} else if ("CreateFunctionStmt" in node) {
			this.#note(this.#routines, nameOf(node.CreateFunctionStmt.funcname), statement);
		} else if ("DoStmt" in node) this.#lookInside(statement);
		else if ("DropStmt" in node) this.#lookAtDrop(statement, node.DropStmt);
	}

	#lookAtDrop(statement: Statement, drop: DropStmt): void {
		if (drop.missing_ok || (drop.removeType !== "OBJECT_TABLE" && drop.removeType !== "OBJECT_VIEW")) return;
		for (const object of drop.objects ?? []) {
			if ("List" in object) this.#note(this.#removals, nameOf(object.List.items), statement);
		}
	}

	/** CREATE TABLE within a DO block or an executed text, by its words: only its existence matters here. */
	#lookInside(statement: Statement): void {
		const creation =
			/\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:"?(\w+)"?\.)?"?(\w+)"?/gi;
		for (const [, , name] of statement.sql.matchAll(creation)) if (name) this.#add({ name }, statement);
		for (const [, , name] of statement.sql.matchAll(/\bcreate\s+type\s+(?:"?(\w+)"?\.)?"?(\w+)"?/gi)) {
			if (name) this.#note(this.#types, { name }, statement);
		}
	}

	#add(name: Name, statement: Statement): void {
		this.#note(this.#creations, name, statement);
	}

	#note(kept: Map<string, Creation[]>, name: Name, statement: Statement): void {
		const creation = { schema: name.schema, order: statement.order, at: statement.at };
		const known = kept.get(name.name);
		if (known) known.push(creation);
		else kept.set(name.name, [creation]);
	}

	/** Where a later statement creates it, if one does, and what is there before is not removed in between. */
	createdLater(name: Name, order: number): Origin | undefined {
		const created = laterIn(this.#creations, name, order);
		const removed = laterIn(this.#removals, name, order);
		return created && removed && removed.order < created.order ? undefined : created?.at;
	}

	/** Where a type that is not there yet is created. */
	typeCreatedLater(name: Name, order: number): Origin | undefined {
		return laterIn(this.#types, name, order)?.at;
	}

	/** Where a function that is not there yet is created. */
	routineCreatedLater(name: Name, order: number): Origin | undefined {
		return laterIn(this.#routines, name, order)?.at;
	}

	/** How many tables the scripts create. */
	get size(): number {
		return this.#creations.size;
	}
}

function laterIn(kept: ReadonlyMap<string, Creation[]>, name: Name, order: number): Creation | undefined {
	return kept
		.get(name.name)
		?.find((creation) => creation.order > order && sameSchema(creation.schema, name.schema));
}

function sameSchema(a: string | undefined, b: string | undefined): boolean {
	return a === undefined || b === undefined || a === b;
}
