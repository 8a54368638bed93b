/** Random modules of SQLAlchemy models: the text of declarative classes and tables over most of what the adapter reads. */
import fc from "fast-check";

/** An annotation and a column type that agree; `default` is a server default that the type takes. */
interface ColumnKind {
	readonly annotation: string;
	readonly type?: string;
	readonly defaults: readonly string[];
	/** Whether `>` compares it with a number. */
	readonly numeric?: boolean;
	/** Types without a default operator class cannot be indexed. */
	readonly plain?: boolean;
}

const KINDS: readonly ColumnKind[] = [
	{ annotation: "int", defaults: ['"7"', 'text("7")'], numeric: true },
	{ annotation: "int", type: "BigInteger", defaults: ['text("1 + 1")'], numeric: true },
	{ annotation: "int", type: "SmallInteger()", defaults: ["'0'"], numeric: true },
	{ annotation: "str", defaults: ['"it\'s"', "text(\"'x'\")", '""'] },
	{ annotation: "str", type: "String(30)", defaults: ['"a"'] },
	{ annotation: "str", type: "Text", defaults: ["text(\"'a' || 'b'\")"] },
	{ annotation: "str", type: "CHAR(3)", defaults: ['"abc"'] },
	{ annotation: "str", type: "NAMES", defaults: [] },
	{ annotation: "short", defaults: [] },
	{ annotation: "bool", defaults: ["true()", 'text("false")', '"true"'] },
	{ annotation: "float", defaults: ['"1.5"'], numeric: true },
	{ annotation: "decimal.Decimal", type: "Numeric(LENGTH, 2)", defaults: ['"0.50"'], numeric: true },
	{ annotation: "decimal.Decimal", defaults: ['text("0")'], numeric: true },
	{ annotation: "datetime.datetime", defaults: ["func.now()", 'text("CURRENT_TIMESTAMP")'] },
	{ annotation: "datetime.datetime", type: "DateTime(timezone=True)", defaults: ["func.now()"] },
	{ annotation: "datetime.date", defaults: ["func.current_date()"] },
	{ annotation: "datetime.time", type: "Time", defaults: [] },
	{ annotation: "datetime.timedelta", defaults: ["text(\"'1 day'\")"] },
	{ annotation: "uuid.UUID", defaults: ["func.gen_random_uuid()", 'text("gen_random_uuid()")'] },
	{ annotation: "bytes", type: "LargeBinary", defaults: [] },
	{ annotation: "dict", type: "JSONB", defaults: ["text(\"'{}'::jsonb\")", '"{}"'] },
	{ annotation: "dict", type: "JSON", defaults: [], plain: true },
	{ annotation: "list", type: "ARRAY(Integer)", defaults: ['"{}"', "text(\"'{1}'::int[]\")"] },
	{ annotation: "Color", defaults: ['"red"'] },
	{ annotation: "Color", type: "Enum(Color, native_enum=False, length=12)", defaults: ["Color.red.name"] },
	{ annotation: "Size", type: 'Enum(Size, name="sizes", values_callable=values)', defaults: ['"l"'] },
	{ annotation: "str", type: 'Enum("on", "off", name="switch")', defaults: ['"on"'] },
	{ annotation: "str", type: "INET", defaults: [] },
];

const PREAMBLE = `import datetime
import decimal
import enum
import uuid
from typing import Annotated, Optional

from sqlalchemy import *
from sqlalchemy import JSON, Enum, text
from sqlalchemy.dialects.postgresql import ARRAY, INET, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, declared_attr, mapped_column

LENGTH = 10
NAMES = String(LENGTH * 4)
short = Annotated[str, mapped_column(String(12))]


def values(members):
    return [member.value for member in members]


class Color(enum.Enum):
    red = 1
    green = 2


class Size(str, enum.Enum):
    small = "s"
    large = "l"


class Stamps:
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at = Column(DateTime, onupdate=func.now())


class Owned:
    @declared_attr
    def owner(cls) -> Mapped[Optional[str]]:
        return mapped_column(String(20), index=True, comment=f"who owns {cls.__name__}")

    @declared_attr.directive
    def __table_args__(cls):
        return (CheckConstraint("owner <> ''", name=f"ck_{cls.__name__}_owner"),)

`;

const CONVENTION = `naming_convention={
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}`;

interface Column {
	readonly kind: ColumnKind;
	readonly optional: boolean;
	readonly default: number;
	readonly index: boolean;
	readonly unique: boolean;
	readonly renamed: boolean;
	readonly comment: boolean;
	readonly client: boolean;
}

interface Table {
	readonly style: "mapped" | "classic" | "core";
	readonly key: "integer" | "uuid" | "identity" | "composite" | "bigint";
	readonly columns: readonly Column[];
	readonly mixin: "" | "Stamps" | "Owned";
	readonly schema: boolean;
	readonly extras: readonly ("unique" | "index" | "expression" | "partial" | "check" | "named" | "desc")[];
	/** Which earlier table it refers to, and how. */
	readonly refers: number | undefined;
	readonly action: string;
	readonly long: boolean;
}

const column: fc.Arbitrary<Column> = fc.record({
	kind: fc.constantFrom(...KINDS),
	optional: fc.boolean(),
	default: fc.nat(5),
	index: fc.boolean(),
	unique: fc.boolean(),
	renamed: fc.boolean(),
	comment: fc.boolean(),
	client: fc.boolean(),
});

const table: fc.Arbitrary<Table> = fc.record({
	style: fc.constantFrom("mapped", "classic", "core"),
	key: fc.constantFrom("integer", "uuid", "identity", "composite", "bigint"),
	columns: fc.array(column, { minLength: 1, maxLength: 5 }),
	mixin: fc.constantFrom("", "Stamps", "Owned"),
	schema: fc.boolean(),
	extras: fc.uniqueArray(
		fc.constantFrom("unique", "index", "expression", "partial", "check", "named", "desc"),
		{ maxLength: 3 },
	),
	refers: fc.option(fc.nat(3), { nil: undefined }),
	action: fc.constantFrom(
		"",
		', ondelete="CASCADE"',
		', ondelete="SET NULL", onupdate="CASCADE"',
		", deferrable=True",
	),
	long: fc.boolean(),
});

/** The text of one module. */
export const moduleText: fc.Arbitrary<string> = fc
	.record({
		tables: fc.array(table, { minLength: 1, maxLength: 4 }),
		base: fc.constantFrom("class", "convention", "function", "schema"),
	})
	.map(({ tables, base }) => {
		const bases = {
			class: "class Base(DeclarativeBase):\n    pass\n",
			convention: `class Base(DeclarativeBase):\n    metadata = MetaData(${CONVENTION})\n`,
			function: "Base = declarative_base()\n",
			schema: 'class Base(DeclarativeBase):\n    metadata = MetaData(schema="shop")\n',
		};
		const home = base === "schema" ? "shop" : undefined;
		return `${PREAMBLE}\n${bases[base]}\n${tables.map((each, at) => tableText(each, at, tables, home)).join("\n\n")}\n`;
	});

function nameOf(own: Table, at: number): string {
	return own.long ? `t${at}_with_a_name_that_is_long_enough_to_be_cut_in_constraints` : `t${at}`;
}

function schemaOf(own: Table, home: string | undefined): string | undefined {
	return own.schema ? "other" : home;
}

function tableText(own: Table, at: number, all: readonly Table[], home: string | undefined): string {
	const columns = [
		...keyColumns(own),
		...own.columns.map((each, index) => columnText(each, index, own)),
		...reference(own, at, all, home),
	];
	const args = extras(own, at);
	const name = nameOf(own, at);
	const keywords = [
		...(own.schema ? ['"schema": "other"'] : []),
		...(at % 2 === 0 ? [`"comment": "table ${at}"`] : []),
	];
	if (own.style === "core") {
		const parts = columns.map(({ name: column, call }) => call.replace(/^Column\(/, `Column("${column}", `));
		const options = keywords.map((each) => each.replace(/^"(\w+)": /, "$1="));
		return `t${at} = Table(\n    "${name}",\n    Base.metadata,\n    ${[...parts, ...args, ...options].join(",\n    ")},\n)`;
	}
	const lines = columns.map(({ attribute, annotation, call }) =>
		own.style === "mapped"
			? `    ${attribute}: Mapped[${annotation}] = ${call}`
			: `    ${attribute} = ${call}`,
	);
	const entries = [...args, ...(keywords.length > 0 ? [`{${keywords.join(", ")}}`] : [])];
	const tableArgs =
		entries.length > 0 ? [`    __table_args__ = (${entries.map((each) => `${each},`).join(" ")})`] : [];
	const mixin = own.mixin === "" ? "" : `${own.mixin}, `;
	return [`class Model${at}(${mixin}Base):`, `    __tablename__ = "${name}"`, ...lines, ...tableArgs].join(
		"\n",
	);
}

interface Part {
	readonly attribute: string;
	readonly name: string;
	readonly annotation: string;
	readonly call: string;
}

function part(own: Table, name: string, annotation: string, args: readonly string[]): Part {
	const call = `${own.style === "mapped" ? "mapped_column" : "Column"}(${args.join(", ")})`;
	return { attribute: name, name, annotation, call };
}

function keyColumns(own: Table): Part[] {
	switch (own.key) {
		case "integer":
			return [part(own, "id", "int", ["Integer", "primary_key=True"])];
		case "bigint":
			return [part(own, "id", "int", ["BigInteger", "primary_key=True"])];
		case "uuid":
			return [part(own, "id", "uuid.UUID", ["Uuid", "primary_key=True", "default=uuid.uuid4"])];
		case "identity":
			return [part(own, "id", "int", ["Integer", "Identity(always=True)", "primary_key=True"])];
		case "composite":
			return [
				part(own, "id", "int", ["Integer", "primary_key=True"]),
				part(own, "part", "str", ["String(5)", "primary_key=True"]),
			];
	}
}

function columnText(own: Column, index: number, table: Table): Part {
	const { kind } = own;
	const mapped = table.style === "mapped";
	const name = own.renamed ? `Column ${index}` : `c${index}`;
	// Only an annotation can stand for the type.
	const type = kind.type ?? (mapped ? undefined : DEFAULT_TYPES[kind.annotation]);
	const choice = kind.defaults[own.default];
	const indexable = !kind.plain && !["dict", "list"].includes(kind.annotation);
	const args = [
		...(own.renamed && table.style !== "core" ? [`"${name}"`] : []),
		...(type === undefined ? [] : [type]),
		...(mapped || own.optional ? [] : ["nullable=False"]),
		...(choice === undefined ? [] : [`server_default=${choice}`]),
		...(own.index && indexable ? ["index=True"] : []),
		...(own.unique && indexable ? ["unique=True"] : []),
		...(own.comment ? ['comment="it\'s said"'] : []),
		...(own.client ? ["default=None"] : []),
	];
	const annotation = own.optional
		? index % 2 === 0
			? `Optional[${kind.annotation}]`
			: `${kind.annotation} | None`
		: kind.annotation;
	return { ...part(table, name, annotation, args), attribute: `c${index}` };
}

const DEFAULT_TYPES: Readonly<Record<string, string>> = {
	int: "Integer",
	str: "String",
	short: "String(12)",
	bool: "Boolean()",
	float: "Float",
	"decimal.Decimal": "Numeric()",
	"datetime.datetime": "DateTime",
	"datetime.date": "Date",
	"datetime.timedelta": "Interval",
	"uuid.UUID": "Uuid",
	Color: "Enum(Color)",
};

/** A foreign key to the key of an earlier table. */
function reference(own: Table, at: number, all: readonly Table[], home: string | undefined): Part[] {
	const to = own.refers !== undefined && own.refers < at ? own.refers : undefined;
	const target = to === undefined ? undefined : all[to];
	if (to === undefined || !target || target.key === "composite") return [];
	const schema = schemaOf(target, home);
	const text = `${schema === undefined ? "" : `${schema}.`}${nameOf(target, to)}.id`;
	const annotation = target.key === "uuid" ? "uuid.UUID" : "int";
	const key = `ForeignKey("${text}"${own.action})`;
	return [part(own, "ref", `Optional[${annotation}]`, [key, ...(own.long ? ["index=True"] : [])])];
}

/** Constraints and indexes of the table, no two of one kind on the same: those share an address. */
function extras(own: Table, at: number): string[] {
	const plain = own.columns
		.map((each, index) => ({ each, name: each.renamed ? `Column ${index}` : `c${index}` }))
		.filter(({ each }) => !each.kind.plain && !["dict", "list"].includes(each.kind.annotation));
	const numeric = plain.find(({ each }) => each.kind.numeric && !each.renamed);
	const textual = plain.find(
		({ each }) => each.kind.annotation === "str" && !each.renamed && !/Enum|INET/.test(each.kind.type ?? ""),
	);
	const [first] = plain;
	return own.extras.flatMap((extra) => {
		switch (extra) {
			case "unique":
				return first ? [`UniqueConstraint("id", "${first.name}")`] : [];
			case "named":
				return first && !own.extras.includes("unique")
					? [
							`UniqueConstraint("${first.name}", "id", name="named_${at}", deferrable=True, initially="DEFERRED")`,
						]
					: [];
			case "index":
				return first ? [`Index(None, "id", "${first.name}")`] : [];
			case "desc":
				return first ? [`Index("ix_desc_${at}", text('"${first.name}" DESC NULLS LAST'), "id")`] : [];
			case "expression":
				return textual ? [`Index("ix_lower_${at}", text("lower(${textual.name})"), unique=True)`] : [];
			case "partial":
				return first && !first.each.index && !first.each.unique
					? [
							`Index("ix_part_${at}", "${first.name}", postgresql_where=text('"${first.name}" IS NOT NULL'), postgresql_include=["id"])`,
						]
					: [];
			default:
				return numeric
					? [`CheckConstraint("${numeric.name} >= 0 AND ${numeric.name} < 100", name="in_range")`]
					: [];
		}
	});
}
