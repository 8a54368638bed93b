import { conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { pythonAdapter } from "../src/index.js";

describe("the python adapter conforms", () => {
	const checks = conformance(pythonAdapter, [
		{
			name: "declarative models, typed",
			files: {
				"app/models.py": `import enum
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Role(enum.Enum):
    admin = "admin"
    user = "user"


class User(Base):
    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("balance >= 0", name="positive"),
        Index("by_time", "created_at", postgresql_where=text("full_name IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    full_name: Mapped[Optional[str]]
    role: Mapped[Role] = mapped_column(server_default="user")
    balance: Mapped[Decimal] = mapped_column(Numeric(12, 2), server_default=text("0"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    meta: Mapped[dict] = mapped_column("metadata", JSONB, default=dict)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    posts: Mapped[list["Post"]] = relationship(back_populates="author")


class Post(Base):
    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("author_id", "slug", name="one slug"),)

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid.uuid4)
    slug: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    author: Mapped[User] = relationship(back_populates="posts")
`,
			},
			tables: ["public.users", "public.posts"],
		},
		{
			name: "columns, mixins and a base in other files",
			files: {
				"shop/__init__.py": "",
				"shop/base.py": `from sqlalchemy import Column, DateTime, func
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Stamped:
    created_at = Column(DateTime(timezone=True), nullable=False, server_default=func.now())
`,
				"shop/orders.py": `from sqlalchemy import BigInteger, Column, ForeignKey, SmallInteger
from .base import Base, Stamped


class Order(Stamped, Base):
    __tablename__ = "orders"
    __table_args__ = {"schema": "sales"}

    id = Column(BigInteger, primary_key=True)


class Line(Base):
    __tablename__ = "Order Line"
    __table_args__ = {"schema": "sales"}

    order_id = Column(ForeignKey("sales.orders.id"), primary_key=True)
    position = Column(SmallInteger, primary_key=True)
`,
			},
			tables: ["sales.orders", 'sales."Order Line"'],
		},
		{
			name: "tables without classes",
			files: {
				"tables.py": `from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()

films = Table(
    "films",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False, server_default="it's"),
)

roles = Table(
    "roles",
    metadata,
    Column("film_id", ForeignKey(films.c.id), primary_key=True),
    Column("actor", Text, primary_key=True),
)
`,
			},
			tables: ["public.films", "public.roles"],
		},
		{
			name: "SQLModel",
			files: {
				"models.py": `from typing import Optional
from sqlmodel import Field, SQLModel


class Team(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str = Field(index=True, max_length=80)


class Hero(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    alias: Optional[str] = None
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")
`,
			},
			tables: ["public.team", "public.hero"],
		},
		{
			name: "Flask-SQLAlchemy",
			files: {
				"web/__init__.py": "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n",
				"web/models.py": `from . import db


class UserAccount(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), unique=True, nullable=False)
    kind = db.Column(db.Enum("free", "paid", name="account_kind"), server_default="free")
`,
			},
			tables: ["public.user_account"],
		},
		{
			name: "two bases in one file",
			files: {
				"models.py": `from sqlalchemy import Column, Integer, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()
Audit = declarative_base()


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)


class Entry(Audit):
    __tablename__ = "entries"
    id = Column(Integer, primary_key=True)
    text = Column(Text)
`,
			},
			tables: ["public.notes", "public.entries"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});
