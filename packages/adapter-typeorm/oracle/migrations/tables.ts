import {
	type MigrationInterface,
	type QueryRunner,
	Table,
	TableCheck,
	TableColumn,
	TableExclusion,
	TableForeignKey,
	TableIndex,
	TableUnique,
} from "typeorm";

const id = {
	name: "id",
	type: "int",
	isPrimary: true,
	isGenerated: true,
	generationStrategy: "increment" as const,
};

export class Tables1700000000001 implements MigrationInterface {
	async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.createTable(
			new Table({
				name: "author",
				columns: [
					id,
					{ name: "key", type: "uuid", isGenerated: true, generationStrategy: "uuid" },
					{ name: "name", type: "varchar", length: "80", isUnique: true },
					{ name: "kind", type: "enum", enum: ["human", "robot"], default: "'human'" },
					{ name: "score", type: "numeric", precision: 10, scale: 2, isNullable: true },
					{ name: "tags", type: "text", isArray: true, default: "'{}'" },
					{ name: "born", type: "timestamp with time zone", precision: 3, default: "now()" },
					{ name: "double", type: "int", generatedType: "STORED", asExpression: `"id" * 2` },
					{ name: "remark", type: "text", isNullable: true, comment: "what people say" },
				],
				indices: [
					{ columnNames: ["name", "kind"] },
					{ name: "IDX_born", columnNames: ["born"], isUnique: true },
				],
				checks: [new TableCheck({ expression: `"score" > 0` })],
				comment: "who writes",
			}),
			true,
		);
		await queryRunner.createTable(
			new Table({
				name: "book",
				columns: [
					new TableColumn({ name: "isbn", type: "character varying", isPrimary: true }),
					new TableColumn({ name: "authorId", type: "integer" }),
					new TableColumn({ name: "pages", type: "smallint", default: 0 }),
				],
				foreignKeys: [
					{
						columnNames: ["authorId"],
						referencedTableName: "author",
						referencedColumnNames: ["id"],
						onDelete: "CASCADE",
					},
				],
				uniques: [{ columnNames: ["isbn", "authorId"] }],
			}),
		);
	}

	async down(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.dropTable("book");
	}
}

export class Changes1700000000002 implements MigrationInterface {
	async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.addColumn("book", new TableColumn({ name: "title", type: "text", isNullable: true }));
		await queryRunner.addColumns("book", [
			new TableColumn({ name: "state", type: "enum", enum: ["draft", "out"], default: "'draft'" }),
			new TableColumn({ name: "code", type: "varchar", isUnique: true, isNullable: true }),
		]);
		await queryRunner.renameColumn("book", "title", "heading");
		await queryRunner.changeColumn(
			"book",
			"pages",
			new TableColumn({ name: "pages", type: "smallint", isNullable: true, default: 1 }),
		);
		await queryRunner.createIndex("book", new TableIndex({ name: "IDX_heading", columnNames: ["heading"] }));
		await queryRunner.createIndices("book", [
			new TableIndex({ columnNames: ["state"], where: `"pages" > 3` }),
		]);
		await queryRunner.createUniqueConstraint("book", new TableUnique({ columnNames: ["heading", "pages"] }));
		await queryRunner.createCheckConstraint(
			"book",
			new TableCheck({ name: "CHK_pages", expression: `"pages" >= 0` }),
		);
		await queryRunner.dropIndex("author", "IDX_born");
	}

	async down(): Promise<void> {}
}

export class Keys1700000000003 implements MigrationInterface {
	async up(queryRunner: QueryRunner): Promise<void> {
		const table = await queryRunner.getTable("book");
		const key = table?.foreignKeys.find((each) => each.columnNames.indexOf("authorId") !== -1);
		if (key) await queryRunner.dropForeignKey("book", key);
		await queryRunner.createForeignKey(
			"book",
			new TableForeignKey({
				columnNames: ["authorId"],
				referencedTableName: "author",
				referencedColumnNames: ["id"],
				onDelete: "SET NULL",
				onUpdate: "CASCADE",
			}),
		);
		await queryRunner.createTable(
			new Table({
				name: "room",
				columns: [
					{ name: "a", type: "int" },
					{ name: "b", type: "int" },
					{ name: "span", type: "int4range", isNullable: true },
				],
			}),
		);
		await queryRunner.createPrimaryKey("room", ["a"]);
		await queryRunner.createExclusionConstraint(
			"room",
			new TableExclusion({ expression: `USING gist ("span" WITH &&)` }),
		);
		await queryRunner.renameTable("room", "chamber");
		await queryRunner.dropColumn("book", "code");
		await queryRunner.dropColumns("author", ["remark"]);
	}

	async down(): Promise<void> {}
}
