import hashlib

from sqlalchemy import Boolean, CheckConstraint, Column, Enum, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, PrimaryKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def column_names(constraint, table):
    return "_".join([column.name for column in constraint.columns])


def fk_guid(constraint, table):
    return "guid"


metadata = MetaData(
    naming_convention={
        "all_column_names": lambda constraint, table: "_".join([column.name for column in constraint.columns.values()]),
        "cols": column_names,
        "guid": fk_guid,
        "ix": "ix__%(table_name)s__%(all_column_names)s",
        "uq": "uq__%(table_name)s__%(cols)s",
        "ck": "ck__%(table_name)s__%(constraint_name)s",
        "fk": "fk__%(table_name)s__%(all_column_names)s__%(referred_table_name)s_%(referred_column_0_N_name)s_%(guid)s",
        "pk": "pk__%(table_name)s__%(column_0_key)s",
    }
)


class Base(DeclarativeBase):
    metadata = metadata


class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column(index=True)
    y: Mapped[int] = mapped_column(unique=True)
    __table_args__ = (UniqueConstraint("x", "y"), CheckConstraint("x > y", name="ordered"), Index(None, "x", "y"))


class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))


class ByType(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            Index: "idx_%(table_name)s_%(column_0N_name)s",
            UniqueConstraint: "unq_%(table_name)s_%(column_0_N_name)s",
            ForeignKeyConstraint: "fkc_%(table_name)s_%(column_0_name)s",
            PrimaryKeyConstraint: "pkc_%(table_name)s",
            CheckConstraint: "chk_%(table_name)s_%(constraint_name)s",
        }
    )


class C(ByType):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column(index=True)
    y: Mapped[int] = mapped_column(unique=True)
    flag = Column(Boolean(create_constraint=True, name="flagged"))
    kind = Column(Enum("a", "b", name="kinds", native_enum=False, create_constraint=True))
    c_id: Mapped[int] = mapped_column(ForeignKey("c.id"))
