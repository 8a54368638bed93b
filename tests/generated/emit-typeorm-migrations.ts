/** TypeORM migrations in the form that `migration:generate` gives them: the statements as template strings. */
import { sqlSteps } from "./emit-sql.js";
import type { GeneratedSchema } from "./model.js";

const FIRST = 1_700_000_000_000;

/** One class of `perFile` tables a file: path to text. */
export function emitTypeOrmMigrations(
	schema: GeneratedSchema,
	folder: string,
	perFile = 4,
): Record<string, string> {
	return Object.fromEntries(
		sqlSteps(schema, perFile).map((statements, at) => {
			const stamp = FIRST + at * 86_400_000;
			const name = `Step${at}${stamp}`;
			const queries = statements.map((sql) => `        await queryRunner.query(${template(sql)});\n`);
			return [
				`${folder}/${stamp}-Step${at}.ts`,
				`import { MigrationInterface, QueryRunner } from "typeorm";

export class ${name} implements MigrationInterface {
    name = "${name}"

    public async up(queryRunner: QueryRunner): Promise<void> {
${queries.join("")}    }

    public async down(queryRunner: QueryRunner): Promise<void> {
    }
}
`,
			];
		}),
	);
}

function template(sql: string): string {
	return `\`${sql.replace(/;$/, "").replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}
