/** The small projects of the cases: models and definitions in few words. */

import type { Severity } from "@schemalign/core";

/** What a program does on the database, and what it gets. */
export type Proof =
	/** The statement is refused with this SQLSTATE, and the report names it. */
	| { readonly run: string; readonly refused: string }
	/** The statement gives this in its first row, under `value`; the report says so in words that match. */
	| { readonly run: string; readonly gives: string | null; readonly told: RegExp };

export interface ConsequenceCase {
	readonly name: string;
	/** The finding that makes the claim. */
	readonly code: string;
	/** How grave it is, where that depends on the program's driver. */
	readonly severity?: Severity;
	/** What creates the database that the program runs on. */
	readonly database: string;
	/** The other source: file name to text. */
	readonly other: Readonly<Record<string, string>>;
	/** Rows that are there, as data of the proof only. */
	readonly rows?: string;
	readonly proofs: readonly Proof[];
}

const IMPORTS = `import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    ARRAY, BigInteger, Boolean, CheckConstraint, Computed, Date, DateTime, Enum, Float, ForeignKey, Integer, JSON, Numeric, String, Text, text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass
`;

/** SQLAlchemy models: table name to the class's body; with the driver that the project requires. */
export function models(tables: Readonly<Record<string, string>>, driver?: string): Record<string, string> {
	const classes = Object.entries(tables).map(([table, body]) => {
		const lines = body
			.trim()
			.split("\n")
			.map((line) => `    ${line.trim()}`);
		const name = table.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
		return `class ${name}(Base):\n    __tablename__ = "${table}"\n\n${lines.join("\n")}\n`;
	});
	return {
		"service/models.py": [IMPORTS, ...classes].join("\n\n"),
		...(driver === undefined ? {} : { "service/requirements.txt": `${driver}\n` }),
	};
}

/** A Prisma schema with these models and enums. */
export const prisma = (text: string): Record<string, string> => ({
	"prisma/schema.prisma": `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

${text}
`,
});

/** A Drizzle schema with these tables. */
export const drizzle = (text: string): Record<string, string> => ({
	"src/schema.ts": `import * as pg from "drizzle-orm/pg-core";\n\n${text}\n`,
	"package.json": '{ "dependencies": { "drizzle-orm": "0.45.4", "pg": "8.16.3" } }',
});

/** Another definition of the schema. */
export const definition = (sql: string): Record<string, string> => ({ "db/schema.sql": sql });
