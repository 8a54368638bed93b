import type { MigrationInterface, QueryRunner } from "typeorm";

const SCHEMA = "billing";
const STATES = ["open", "paid", "void"];

/** Runs second: the timestamp decides, not the place in the file. */
export class Later1700000000002 implements MigrationInterface {
	name = "Later1700000000002";

	public async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(`ALTER TABLE "invoice" ADD COLUMN "note" character varying(40)`);
		await queryRunner.query('ALTER TABLE "invoice" DROP COLUMN "old"');
		await queryRunner.query(
			`ALTER TABLE "invoice" ADD CONSTRAINT "FK_invoice_customer" FOREIGN KEY ("customerId") ` +
				`REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
		);
		await queryRunner.query(`UPDATE "invoice" SET "note" = $1 WHERE "id" = $2`, ["none", 1]);
	}

	public async down(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(`DROP TABLE "invoice"`);
	}
}

export class First1700000000001 implements MigrationInterface {
	async up(queryRunner: QueryRunner): Promise<void> {
		await queryRunner.query(`CREATE EXTENSION IF NOT EXISTS "uuid-ossp"`);
		await queryRunner.query(`
			CREATE TABLE "customer" (
				"id" uuid NOT NULL DEFAULT uuid_generate_v4(),
				"email" character varying NOT NULL,
				CONSTRAINT "PK_customer" PRIMARY KEY ("id"),
				CONSTRAINT "UQ_customer_email" UNIQUE ("email")
			)
		`);
		await queryRunner.query(
			`CREATE TYPE "invoice_state" AS ENUM(${STATES.map((state) => `'${state}'`).join(", ")})`,
		);
		await queryRunner.query(
			`CREATE TABLE "invoice" ("id" SERIAL NOT NULL, "customerId" uuid, "old" text, ` +
				`"state" "invoice_state" NOT NULL DEFAULT 'open', CONSTRAINT "PK_invoice" PRIMARY KEY ("id"))`,
		);
		await queryRunner.query(
			`CREATE INDEX "IDX_invoice_state" ON "invoice" ("state") WHERE "state" <> 'void'`,
		);
		await queryRunner.query(`CREATE SCHEMA "${SCHEMA}"`);
		for (const table of ["a", "b"]) {
			await queryRunner.query(`CREATE TABLE "${SCHEMA}"."${table}" ("id" integer PRIMARY KEY)`);
		}
		await Promise.all(
			["x", "y"].map((column) => queryRunner.query(`ALTER TABLE "${SCHEMA}".a ADD "${column}" int`)),
		);
	}

	async down(): Promise<void> {}
}
