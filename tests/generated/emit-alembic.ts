/** A chain of Alembic revisions in the form that `alembic revision --autogenerate` gives them. */

import { columnText, constraintTexts, indexElements, indexOptions, pyString } from "./emit-sqlalchemy.js";
import { sqlString } from "./expression.js";
import type { GeneratedSchema, GeneratedTable, ScalarType } from "./model.js";
import { qualified, sqlName } from "./names.js";

const ENV = `from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config
target_metadata = None


def run_migrations_offline():
    context.configure(dialect_name="postgresql", target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    connectable = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
`;

/** An Alembic folder with revisions of `perFile` tables each: path to text. */
export function emitAlembic(schema: GeneratedSchema, folder: string, perFile = 5): Record<string, string> {
	const types = [
		...schema.schemas.map((name) => `CREATE SCHEMA IF NOT EXISTS ${sqlName(name)}`),
		...schema.enums.map(
			(one) => `CREATE TYPE ${qualified(one)} AS ENUM (${one.labels.map(sqlString).join(", ")})`,
		),
	];
	const steps = [types.map(executed).join("")];
	for (let at = 0; at < schema.tables.length; at += perFile) {
		steps.push(
			schema.tables
				.slice(at, at + perFile)
				.map((table) => tableText(table, schema))
				.join(""),
		);
	}
	if (schema.statements) steps.push(schema.statements.map(executed).join(""));
	const files: Record<string, string> = {
		[`${folder}/alembic.ini`]: "[alembic]\nscript_location = alembic\n",
		[`${folder}/alembic/env.py`]: ENV,
	};
	for (const [at, body] of steps.entries()) {
		// The files' names do not tell the order: the revisions do.
		const name = `${((at * 7919 + 4099) % 65521).toString(16).padStart(4, "0")}_step`;
		files[`${folder}/alembic/versions/${name}.py`] = revision(at, body);
	}
	return files;
}

function executed(sql: string): string {
	return `    op.execute(${pyString(sql)})\n`;
}

function revision(at: number, body: string): string {
	const id = (number: number): string => pyString(`rev${number}`);
	return `"""Step ${at}"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = ${id(at)}
down_revision = ${at === 0 ? "None" : id(at - 1)}
branch_labels = None
depends_on = None


def upgrade():
${body || "    pass\n"}

def downgrade():
    pass
`;
}

function tableText(table: GeneratedTable, schema: GeneratedSchema): string {
	const enumText = (type: ScalarType & { is: "enum" }): string => {
		const labels =
			schema.enums.find((one) => one.schema === type.schema && one.name === type.name)?.labels ?? [];
		const where = type.schema === "public" ? "" : `, schema=${pyString(type.schema)}`;
		return `postgresql.ENUM(${labels.map(pyString).join(", ")}, name=${pyString(type.name)}${where}, create_type=False)`;
	};
	const where = table.schema === "public" ? [] : [`schema=${pyString(table.schema)}`];
	const parts = [
		...table.columns.map((one) => columnText(one, one.name, enumText, "sa.", "postgresql.")),
		...constraintTexts(table, "sa."),
		...where,
		...(table.comment === undefined ? [] : [`comment=${pyString(table.comment)}`]),
	];
	const name = pyString(table.name);
	const created = `    op.create_table(\n        ${name},\n${parts.map((part) => `        ${part},\n`).join("")}    )\n`;
	const uniques = table.uniques
		.filter(({ backing }) => backing === "index")
		.map((one) => [
			pyString(one.name),
			name,
			`[${one.columns.map(pyString).join(", ")}]`,
			"unique=True",
			...where,
		]);
	const indexes = table.indexes.map((one) => [
		pyString(one.name),
		name,
		`[${indexElements(one, "sa.text").join(", ")}]`,
		"unique=False",
		...where,
		...indexOptions(one, "sa.text"),
	]);
	return [
		created,
		...[...uniques, ...indexes].map((args) => `    op.create_index(${args.join(", ")})\n`),
	].join("");
}
