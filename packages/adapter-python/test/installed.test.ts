import { describe, expect, it } from "vitest";
import { fact, readOne, value } from "./helpers.js";

const ENUMS = `
from enum import Enum, IntEnum
from sqlmodel import Field, SQLModel

class Mood(str, Enum):
    calm = "calm"
    wild = "wild"

class Rank(IntEnum):
    low = 1

class Plain(Enum):
    one = "1"

class Pet(SQLModel, table=True):
    id: int = Field(primary_key=True)
    mood: Mood = Mood.calm
    short: Mood = Field(max_length=8)
    rank: Rank = Rank.low
    plain: Plain = Plain.one
`;

describe("what the installed version of a library decides", () => {
	const types = (requirements: string) => ({ "requirements.txt": requirements, "app/models.py": ENUMS });

	it("takes a text enum for text and an integer enum for an integer before SQLModel 0.0.9", async () => {
		const snapshot = await readOne(types("sqlmodel==0.0.8\n"));
		expect(value(snapshot, "column:public.pet.mood", "type")).toMatchObject({ name: "character varying" });
		expect(value(snapshot, "column:public.pet.short", "type")).toMatchObject({ args: [8] });
		expect(value(snapshot, "column:public.pet.rank", "type")).toMatchObject({ name: "integer" });
		expect(value(snapshot, "column:public.pet.plain", "type")).toMatchObject({ name: "plain" });
		expect(snapshot.entities.filter(({ kind }) => kind === "enum").map(({ address }) => address)).toEqual([
			"enum:public.plain",
		]);
	});

	it("takes both for enum types since then", async () => {
		const snapshot = await readOne(types("sqlmodel==0.0.9\n"));
		expect(value(snapshot, "column:public.pet.mood", "type")).toMatchObject({ name: "mood" });
		expect(value(snapshot, "column:public.pet.rank", "type")).toMatchObject({ name: "rank" });
	});

	it("does not guess where nothing tells which version is installed", async () => {
		const snapshot = await readOne(types("sqlmodel\n"));
		expect(fact(snapshot, "column:public.pet.mood", "type")).toMatchObject({
			unknown: expect.stringContaining("0.0.9"),
		});
		expect(value(snapshot, "column:public.pet.plain", "type")).toMatchObject({ name: "plain" });
	});

	const KEYS = `
from typing import Optional
import sqlalchemy as sa
from sqlmodel import Field, SQLModel

class Score(SQLModel, table=True):
    frame: Optional[str] = Field(nullable=False, primary_key=True)
    owner: Optional[int] = Field(sa_column=sa.Column(sa.Integer, primary_key=True))
`;
	const MIXED = `
from sqlalchemy import Column, Integer
from sqlalchemy.ext.declarative import declarative_base, declared_attr

Base = declarative_base()

class Tenant:
    tenant = Column(Integer, primary_key=True)

    @declared_attr
    def region(cls):
        return Column(Integer, primary_key=True)

class Item(Tenant, Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
`;
	it.each([
		["SQLAlchemy==1.4.41\n", KEYS, "score", ["owner", "frame"]],
		["SQLAlchemy==2.0.30\n", KEYS, "score", ["frame", "owner"]],
		["SQLAlchemy==1.4.41\n", MIXED, "item", ["tenant", "id", "region"]],
		["SQLAlchemy==2.0.30\n", MIXED, "item", ["id", "tenant", "region"]],
	])("orders the columns of a key as %s does", async (requirements, models, table, expected) => {
		const snapshot = await readOne({ "requirements.txt": requirements, "app/models.py": models });
		expect(value(snapshot, `primaryKey:public.${table}."primary key"`, "columns")).toEqual(expected);
	});
});
