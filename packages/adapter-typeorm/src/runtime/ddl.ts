/** TypeORM's schema builder at work on a Postgres that has nothing in it: what it would run is what the entities say. */
import { thrownText } from "@schemalign/sandbox/runtime";
import type { DataSource, EntityMetadata, QueryRunner } from "typeorm/browser";

/** A statement that failed to be made, and of which entity. */
export interface Unbuilt {
	readonly metadata: EntityMetadata;
	readonly message: string;
}

/** The statements for all entities of a data source; where the builder stumbles, entity by entity. */
export async function statementsOf(
	source: DataSource,
	schema: string,
): Promise<{ statements: string[]; unbuilt: Unbuilt[] }> {
	const all = source.entityMetadatas;
	try {
		return { statements: await build(source, schema), unbuilt: [] };
	} catch {
		const statements: string[] = [];
		const unbuilt: Unbuilt[] = [];
		for (const metadata of all) {
			Object.assign(source, { entityMetadatas: [metadata] });
			try {
				statements.push(...(await build(source, schema)));
			} catch (error) {
				unbuilt.push({ metadata, message: thrownText(error) });
			}
		}
		Object.assign(source, { entityMetadatas: all });
		return { statements, unbuilt };
	}
}

async function build(source: DataSource, schema: string): Promise<string[]> {
	const { driver } = source;
	const recorder = new Recorder();
	const create = driver.createQueryRunner.bind(driver);
	Object.assign(driver, {
		version: "18.0",
		database: "postgres",
		schema,
		searchSchema: "public",
		isGeneratedColumnsSupported: true,
		createQueryRunner: (mode: Parameters<typeof create>[0]): QueryRunner =>
			Object.assign(create(mode), { query: (sql: string) => recorder.query(sql) }),
	});
	try {
		await driver.createSchemaBuilder().build();
	} finally {
		Object.assign(driver, { createQueryRunner: create });
	}
	return recorder.statements;
}

/** Answers what the builder asks the catalog, and keeps what it would change. */
class Recorder {
	readonly statements: string[] = [];
	readonly #types = new Set<string>();

	async query(sql: string): Promise<readonly unknown[]> {
		const text = sql.trim();
		if (/^SELECT/i.test(text)) return this.#answer(text);
		// TypeORM's own notes, and transactions, are nothing of the entities'.
		if (/^(?:INSERT|DELETE|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i.test(text)) return [];
		const type = /^CREATE TYPE (?:"([^"]+)"\.)?"([^"]+)"/.exec(text);
		if (type) this.#types.add(`${type[1] ?? "public"}.${type[2]}`);
		this.statements.push(text);
		return [];
	}

	#answer(sql: string): readonly unknown[] {
		if (/current_schema\(\)/.test(sql)) return [{ current_schema: "public" }];
		if (/current_database\(\)/.test(sql)) return [{ current_database: "postgres" }];
		if (/version\(\)/.test(sql)) return [{ version: "PostgreSQL 18.0" }];
		if (/"information_schema"\."tables"/.test(sql) && sql.includes("'typeorm_metadata'")) return [{}];
		const type = /"nspname" = '([^']*)' AND "t"\."typname" = '([^']*)'/.exec(sql);
		return type && this.#types.has(`${type[1]}.${type[2]}`) ? [{}] : [];
	}
}
