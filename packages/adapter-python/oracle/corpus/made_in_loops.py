from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column

metadata = MetaData()

for name in ("alpha", "beta"):
    Table(name, metadata, Column("id", Integer, primary_key=True), Column(f"{name}_code", String(9), index=True))

SHARDS = [Table(f"shard_{n}", metadata, Column("id", Integer, primary_key=True)) for n in range(3)]

TABLES = {key: Table(key, metadata, Column("id", Integer, primary_key=True)) for key in ["red", "green"]}


def make_link(left, right):
    return Table(
        f"{left}_{right}",
        metadata,
        Column("left_id", ForeignKey(f"{left}.id"), primary_key=True),
        Column("right_id", ForeignKey(f"{right}.id"), primary_key=True),
    )


link = make_link("alpha", "beta")
make_link("red", "green")


class Base(DeclarativeBase):
    metadata = metadata


Typed = type("Typed", (Base,), {"__tablename__": "typed", "id": Column(Integer, primary_key=True), "note": Column(String(5))})


def model_for(kind):
    class Model(Base):
        __tablename__ = f"{kind}_events"
        id: Mapped[int] = mapped_column(primary_key=True)
        label = Column(String(20), nullable=False)

    return Model


Clicks = model_for("click")
Views = model_for("view")


def with_type(prefix, length):
    return type(prefix.title(), (Base,), {"__tablename__": prefix + "_log", "id": Column(Integer, primary_key=True), "text": Column(String(length))})


AuditLog = with_type("audit", 30)

for kind in ["one", "two"]:

    class Each(Base):
        __tablename__ = f"each_{kind}"
        id: Mapped[int] = mapped_column(primary_key=True)


for table_name in ["uno", "due"]:
    type(table_name, (Base,), {"__tablename__": table_name, "id": Column(Integer, primary_key=True)})

Index("ix_loop", SHARDS[0].c.id)


def audited(cls):
    return cls


@audited
class Decorated(Base):
    __tablename__ = "decorated"
    id: Mapped[int] = mapped_column(primary_key=True)
