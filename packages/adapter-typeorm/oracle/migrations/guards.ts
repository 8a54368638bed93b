import { type MigrationInterface, type QueryRunner, Table, TableColumn, View } from "typeorm";

export class Begin1700000000001 implements MigrationInterface {
	async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(
			`CREATE TABLE "thing" ("id" integer NOT NULL, "size" integer, PRIMARY KEY ("id"))`,
		);
		await queryRunner.createSchema("other", true);
		await queryRunner.createTable(
			new Table({ name: "other.item", columns: [{ name: "id", type: "bigint", isPrimary: true }] }),
		);
		await queryRunner.createView(
			new View({ name: "big", expression: `SELECT "id" FROM "thing" WHERE "size" > 9` }),
			true,
		);
	}

	async down(): Promise<void> {}
}

export class Guarded1700000000002 implements MigrationInterface {
	async up(queryRunner: QueryRunner): Promise<void> {
		if (!(await queryRunner.hasTable("thing"))) {
			await queryRunner.query(`CREATE TABLE "thing" ("never" integer)`);
		}
		if (!(await queryRunner.hasColumn("thing", "colour"))) {
			await queryRunner.query(`ALTER TABLE "thing" ADD "colour" text`);
		}
		if (await queryRunner.hasColumn("thing", "weight")) await queryRunner.dropColumn("thing", "weight");
		if (await queryRunner.hasTable("other.item")) {
			await queryRunner.addColumn("other.item", new TableColumn({ name: "thingId", type: "integer" }));
		}
		if (await queryRunner.hasTable("gone")) await queryRunner.dropTable("gone");
		const rows: { id: number }[] = await queryRunner.query(`SELECT "id" FROM "thing"`);
		for (const row of rows)
			await queryRunner.query(`UPDATE "thing" SET "size" = ${row.id} WHERE "id" = ${row.id}`);
		switch (queryRunner.connection.options.type) {
			case "mysql":
				await queryRunner.query("ALTER TABLE `thing` ADD `mine` int");
				break;
			case "postgres":
				await queryRunner.query(`CREATE INDEX "IDX_thing_colour" ON "thing" ("colour")`);
				break;
			default:
				throw new Error("another database");
		}
		await queryRunner.dropView("big");
	}

	async down(): Promise<void> {}
}

abstract class Base implements MigrationInterface {
	protected abstract readonly table: string;

	async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.createTable(this.made(), true);
		await this.more(queryRunner);
	}

	protected async more(_queryRunner: QueryRunner): Promise<void> {}

	private made(): Table {
		const columns = ["created", "updated"].map((name) => ({
			name: `${name}At`,
			type: "timestamptz",
			default: "now()",
		}));
		return new Table({
			name: this.table,
			columns: [{ name: "id", type: "serial", isPrimary: true }, ...columns],
		});
	}

	async down(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.dropTable(this.table, true);
	}
}

export class Derived1700000000003 extends Base {
	protected readonly table = "logged";

	protected override async more(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(`COMMENT ON COLUMN "${this.table}"."id" IS 'counted'`);
	}
}
