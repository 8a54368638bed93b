/** Transactions: which statements are taken back, by ROLLBACK or because one of them fails. */
import type { Item } from "../script/read.js";
import type { Statement } from "../script/statement.js";

interface PlannedScript {
	readonly items: readonly Item[];
	readonly uncertain?: string;
}

interface Point {
	readonly name: string;
	/** How many statements of the transaction came before it. */
	readonly from: number;
}

interface Open {
	/** The statements since BEGIN that are not taken back yet. */
	statements: Statement[];
	points: Point[];
	/** The order of the statement that failed; until the transaction or a savepoint is rolled back the rest is ignored. */
	failed?: number;
}

/** What becomes of statements in transactions, given those that fail. Statements are known by their order. */
export class TransactionPlan {
	/** Statements that do not run or whose effect is taken back, with the order of the statement that is why. */
	readonly undone = new Map<number, number>();
	/** Commands that fail because they name a savepoint which is not there, and its name. */
	readonly missing = new Map<number, string>();
	/** Statements within a transaction of the script's own. */
	readonly inside = new Set<number>();
	/** Per failing statement, or per ROLLBACK: what it takes back or keeps from running. */
	readonly #lost = new Map<number, Statement[]>();

	/**
	 * @param failing the orders of the statements that Postgres rejects when it comes to them; without it a failure leaves
	 * the transaction as it is
	 */
	constructor(scripts: readonly PlannedScript[], failing: ReadonlySet<number> | undefined) {
		for (const { items, uncertain } of scripts) if (uncertain === undefined) this.#script(items, failing);
	}

	/** What a failing statement or a ROLLBACK costs. */
	lostBy(order: number): readonly Statement[] {
		return [...(this.#lost.get(order) ?? [])].sort((a, b) => a.order - b.order);
	}

	#script(items: readonly Item[], failing: ReadonlySet<number> | undefined): void {
		let open: Open | undefined;
		for (const item of items) {
			if (item.is === "rejected" && open && failing) open.failed ??= item.order;
			if (item.is !== "statement") continue;
			const { statement } = item;
			const { node } = statement;
			if (open && !("TransactionStmt" in node)) this.#inside(open, statement, failing);
			if ("TransactionStmt" in node) open = this.#command(open, statement, node.TransactionStmt);
		}
		// The end of the connection, or of the tool's own transaction, which cannot commit any more.
		if (open?.failed !== undefined) this.#undo(open, 0, open.failed);
	}

	#inside(open: Open, statement: Statement, failing: ReadonlySet<number> | undefined): void {
		this.inside.add(statement.order);
		if (open.failed !== undefined) this.#lose(statement, open.failed);
		else if (failing?.has(statement.order)) open.failed = statement.order;
		else open.statements.push(statement);
	}

	/** The transaction that is open after a command of transactions. */
	#command(
		open: Open | undefined,
		{ order }: Statement,
		command: { kind?: string; savepoint_name?: string; chain?: boolean },
	): Open | undefined {
		const name = command.savepoint_name ?? "";
		switch (command.kind) {
			case "TRANS_STMT_BEGIN":
			case "TRANS_STMT_START":
				return open ?? { statements: [], points: [] };
			case "TRANS_STMT_SAVEPOINT":
				if (open && open.failed === undefined) open.points.push({ name, from: open.statements.length });
				return open;
			case "TRANS_STMT_RELEASE":
				if (!open || open.failed !== undefined) return open;
				if (lastNamed(open, name) === -1) return this.#noSavepoint(open, order, name);
				open.points = open.points.slice(0, lastNamed(open, name));
				return open;
			case "TRANS_STMT_ROLLBACK_TO": {
				const at = open ? lastNamed(open, name) : -1;
				if (!open) return open;
				if (at === -1) return this.#noSavepoint(open, order, name);
				this.#undo(open, open.points[at]?.from ?? 0, open.failed ?? order);
				open.points = open.points.slice(0, at + 1);
				delete open.failed;
				return open;
			}
			case "TRANS_STMT_COMMIT":
			case "TRANS_STMT_PREPARE":
				if (open?.failed !== undefined) this.#undo(open, 0, open.failed);
				return command.chain ? { statements: [], points: [] } : undefined;
			case "TRANS_STMT_ROLLBACK":
				if (open) this.#undo(open, 0, open.failed ?? order);
				return command.chain ? { statements: [], points: [] } : undefined;
			default:
				return open;
		}
	}

	#noSavepoint(open: Open, order: number, name: string): Open {
		if (open.failed !== undefined) return open;
		open.failed = order;
		this.missing.set(order, name);
		return open;
	}

	#undo(open: Open, from: number, because: number): void {
		for (const statement of open.statements.splice(from)) this.#lose(statement, because);
	}

	#lose(statement: Statement, because: number): void {
		this.undone.set(statement.order, because);
		this.#lost.set(because, [...(this.#lost.get(because) ?? []), statement]);
	}
}

function lastNamed(open: Open, name: string): number {
	return open.points.map((point) => point.name).lastIndexOf(name);
}
