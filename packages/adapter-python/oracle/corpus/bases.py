import enum
from typing import Optional

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, as_declarative, declarative_base, declared_attr, mapped_column
from sqlalchemy.ext.declarative import AbstractConcreteBase  # noqa: F401


class Common:
    id = Column(sa.BigInteger().with_variant(Integer, "sqlite"), primary_key=True)

    @declared_attr
    def __tablename__(cls):
        return "t_" + cls.__name__.lower()


ClsBase = declarative_base(cls=Common)


class One(ClsBase):
    name = Column(String(length=20), key="nm")
    __table_args__ = (UniqueConstraint("nm"),)


class Two(ClsBase):
    __tablename__ = "two"
    one_id = Column(ForeignKey("t_one.id"))
    other = Column(ForeignKey(One.id))


@as_declarative()
class DecBase:

    uid = Column(sa.Uuid, primary_key=True)

    @declared_attr
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"


class Three(DecBase):
    x = Column(Integer, index=True)


class SchemaBase(DeclarativeBase):
    __abstract__ = True
    __table_args__ = {"schema": "inner"}
    metadata = MetaData(schema="outer")


class Four(SchemaBase):
    __tablename__ = "four"
    id: Mapped[int] = mapped_column(primary_key=True)


class Five(SchemaBase):
    __tablename__ = "five"
    __table_args__ = (Index("ix_five", "id"), *[UniqueConstraint(c) for c in ("a", "b")], SchemaBase.__table_args__)
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[Optional[int]] = mapped_column(ForeignKey("inner.four.id"))
    b: Mapped[int]


class Six(SchemaBase):
    __tablename__ = "six"
    __table_args__ = {"schema": None}
    id: Mapped[int] = mapped_column(primary_key=True)


class Status(str, enum.Enum):
    ACTIVE = "active"
    OFF = "off"


class Plain(DeclarativeBase):
    pass


class Seven(Plain):
    __tablename__ = "seven"
    id = Column(Integer, sa.Identity(), primary_key=True)
    a = Column(sa.Enum(Status, name="status_by_name"), server_default=Status.ACTIVE.name)
    b = Column(sa.String, server_default=Status.ACTIVE)
    c = Column(sa.String, server_default=sa.text(f"'{Status.OFF.value}'"))
    d: Mapped[list[str]] = mapped_column(sa.ARRAY(String))
    e = Column(Integer, sa.CheckConstraint("e > 0"))
    f = Column(Integer, sa.CheckConstraint("f > 0", name="f_positive"), unique=True)
    g = Column(sa.DateTime(True))
    h = Column(sa.Numeric(precision=10, scale=2), nullable=False, server_default=sa.text("0.00"))
    i = Column(sa.JSON)
    j = Column(String)
    k = Column(String)


class Eight(Plain):
    __tablename__ = "eight"
    id = Column(sa.Numeric, primary_key=True)


class Nine(Plain):
    __tablename__ = "nine"
    seven_id: Mapped[int] = mapped_column(ForeignKey("seven.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)


Seven.late = Column(Integer, nullable=False)
Index("ix_json", Seven.i["key"].as_string())
Index("ix_search", sa.func.to_tsvector(sa.text("'english'"), sa.func.coalesce(Seven.j, "") + " " + sa.func.coalesce(Seven.k, "")), postgresql_using="gin")
Index("ix_trgm", Seven.j, postgresql_using="GIN", postgresql_ops={"j": "gin_trgm_ops"})
Index("ix_cmp", Seven.f, unique=True, postgresql_where=sa.and_(Seven.j == "x", Seven.k.isnot(None), ~Seven.h.is_(None), Seven.e.between(1, 5)))
Index("ix_enum", Seven.c, postgresql_where=(Seven.a == Status.ACTIVE))
Index("ix_case", sa.func.lower(Seven.k), sa.cast(Seven.c, sa.Integer))
Index("ix_num", (Seven.f + 1), postgresql_where=Seven.f % 2 == 0)
