import { conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { typeormMigrationsAdapter } from "../src/index.js";

describe("the adapter for TypeORM's migrations conforms", () => {
	const checks = conformance(typeormMigrationsAdapter, [
		{
			name: "migrations in SQL and through the runner",
			files: {
				"src/migrations/1700000000001-Init.ts": `import { MigrationInterface, QueryRunner } from "typeorm";

export class Init1700000000001 implements MigrationInterface {
	name = "Init1700000000001";

	public async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(\`CREATE TYPE "users_role_enum" AS ENUM('admin', 'user')\`);
		await queryRunner.query(\`
			CREATE TABLE "users" (
				"id" SERIAL NOT NULL,
				"email" character varying NOT NULL,
				"role" "users_role_enum" NOT NULL DEFAULT 'user',
				CONSTRAINT "PK_users" PRIMARY KEY ("id"),
				CONSTRAINT "UQ_users_email" UNIQUE ("email")
			)
		\`);
		await queryRunner.query(\`CREATE INDEX "IDX_users_role" ON "users" ("role")\`);
	}

	public async down(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(\`DROP TABLE "users"\`);
	}
}
`,
				"src/migrations/1700000000002-Posts.ts": `import { MigrationInterface, QueryRunner, Table } from "typeorm";

export class Posts1700000000002 implements MigrationInterface {
	public async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.createTable(
			new Table({
				name: "posts",
				columns: [
					{ name: "id", type: "uuid", isPrimary: true, generationStrategy: "uuid", isGenerated: true },
					{ name: "author", type: "int" },
					{ name: "title", type: "varchar", length: "200", isNullable: true },
				],
				foreignKeys: [
					{
						name: "FK_posts_author",
						columnNames: ["author"],
						referencedTableName: "users",
						referencedColumnNames: ["id"],
						onDelete: "CASCADE",
					},
				],
				checks: [{ name: "CHK_title", expression: "title <> ''" }],
			}),
		);
	}

	public async down(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.dropTable("posts");
	}
}
`,
			},
			tables: ["public.users", "public.posts"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});
