/** TypeORM's own query runner for Postgres, without a database: what it would run is recorded. */
import type { FollowedDatabase } from "@schemalign/adapter-sql";
import { ownName } from "@schemalign/core";
import { tableOf } from "./tables.js";
import {
	DataSource,
	PostgresDriver,
	PostgresQueryRunner,
	Query,
	type Table,
	type TableColumn,
	View,
} from "./typeorm-engine.js";

/** What TypeORM asks the database for cannot be told from the migrations. */
export class Undetermined extends Error {
	override readonly name = "Undetermined";
}

/** Where the recorder's runner gets its answers and puts its SQL. */
export interface Ledger {
	database(): Promise<FollowedDatabase>;
	record(sql: string): void;
}

/** A runner for `ledger`; it never connects. */
export function recordingRunner(ledger: Ledger): RecordingRunner {
	const source = new DataSource({ type: "postgres", driver: {} });
	const { driver } = source;
	if (!(driver instanceof PostgresDriver)) throw new Error("TypeORM has another driver for Postgres");
	// What the driver learns when it connects.
	driver.database = "postgres";
	driver.searchSchema = "public";
	driver.schema = "public";
	return new RecordingRunner(driver, ledger);
}

export class RecordingRunner extends PostgresQueryRunner {
	readonly #ledger: Ledger;

	constructor(driver: PostgresDriver, ledger: Ledger) {
		super(driver, "master");
		this.#ledger = ledger;
	}

	/** Forgets the tables that were loaded: a branch that may not run has changed them. */
	forget(): void {
		this.loadedTables = [];
		this.loadedViews = [];
	}

	override async query(sql: string): Promise<unknown> {
		if (/^SELECT current_schema\(\)|^SELECT \* FROM current_schema\(\)/.test(sql)) {
			return [{ current_schema: "public" }];
		}
		if (/^\s*SELECT\b/i.test(sql)) throw new Undetermined("TypeORM asks the database for more than is known");
		this.#ledger.record(sql);
		return [];
	}

	override async hasTable(target: Table | string): Promise<boolean> {
		const { schema, tableName } = this.driver.parseTableName(target);
		return this.#isThere(schema, tableName);
	}

	async #isThere(schema: string | undefined, name: string): Promise<boolean> {
		const database = await this.#ledger.database();
		const found = database.relation(schema === undefined ? { name } : { schema, name });
		if (found.is === "unknown") throw new Undetermined(`whether ${name} exists is not known: ${found.why}`);
		return found.is !== "absent";
	}

	override async hasColumn(target: Table | string, column: string): Promise<boolean> {
		const { schema, tableName: name } = this.driver.parseTableName(target);
		const database = await this.#ledger.database();
		const found = database.relation(schema === undefined ? { name } : { schema, name });
		if (found.is === "absent") return false;
		if (found.is === "vague" && found.columns.includes(column)) return true;
		if (found.is !== "table") throw new Undetermined(`whether ${name} has the column ${column} is not known`);
		return found.entities.some((entity) => entity.kind === "column" && ownName(entity.address) === column);
	}

	override async hasSchema(schema: string): Promise<boolean> {
		const database = await this.#ledger.database();
		const has = database.hasSchema(schema);
		if (has === undefined) throw new Undetermined(`whether the schema ${schema} exists is not known`);
		return has;
	}

	override getCurrentSchema(): Promise<string> {
		return Promise.resolve("public");
	}

	override getVersion(): Promise<string> {
		return Promise.resolve("17.0");
	}

	protected override async loadTables(paths?: string[]): Promise<Table[]> {
		if (!paths) throw new Undetermined("all tables of the database are asked for");
		const database = await this.#ledger.database();
		return paths.flatMap((path) => {
			const { schema, tableName: name } = this.driver.parseTableName(path);
			const found = database.relation(schema === undefined ? { name } : { schema, name });
			if (found.is === "absent" || found.is === "view") return [];
			if (found.is !== "table") throw new Undetermined(`the table ${name} is not known: ${found.why}`);
			const rules = {
				primaryKeyName: (table: Table, columns: string[]) =>
					this.connection.namingStrategy.primaryKeyName(table, columns),
				withLength: this.driver.withLengthColumnTypes.map(String),
				labels: (of: string, type: string) => database.enumLabels({ schema: of, name: type }),
			};
			return [tableOf(found, rules)];
		});
	}

	protected override async loadViews(paths?: string[]): Promise<View[]> {
		if (!paths) throw new Undetermined("all views of the database are asked for");
		const database = await this.#ledger.database();
		return paths.flatMap((path) => {
			const { schema, tableName: name } = this.driver.parseTableName(path);
			const found = database.relation(schema === undefined ? { name } : { schema, name });
			if (found.is === "unknown") throw new Undetermined(`the view ${name} is not known: ${found.why}`);
			if (found.is !== "view") return [];
			return [
				new View({ name: path, schema: found.schema, expression: "", materialized: found.materialized }),
			];
		});
	}

	protected override async hasEnumType(table: Table, column: TableColumn): Promise<boolean> {
		const database = await this.#ledger.database();
		const { schema } = this.driver.parseTableName(table);
		const name = this.buildEnumName(table, column, false, true);
		const labels = database.enumLabels({ schema: schema ?? "public", name });
		if (labels === undefined) throw new Undetermined(`whether the type ${name} exists is not known`);
		return labels !== null;
	}

	protected override async getUserDefinedTypeName(
		table: Table,
		column: TableColumn,
	): Promise<{ schema: string; name: string }> {
		const { schema = "public" } = this.driver.parseTableName(table);
		return { schema, name: this.buildEnumName(table, column, false, true) };
	}

	/** Rows of TypeORM's own bookkeeping are no schema. */
	protected override insertTypeormMetadataSql(): Query {
		return new Query("SELECT current_schema()");
	}

	protected override deleteTypeormMetadataSql(): Query {
		return new Query("SELECT current_schema()");
	}

	protected override insertViewDefinitionSql(): Promise<Query> {
		return Promise.resolve(new Query("SELECT current_schema()"));
	}

	protected override deleteViewDefinitionSql(): Promise<Query> {
		return Promise.resolve(new Query("SELECT current_schema()"));
	}
}
