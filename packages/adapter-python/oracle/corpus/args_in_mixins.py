from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Identity, Computed, Index, Integer, MetaData, String, UniqueConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.sql import quoted_name

PREFIX = "app"
SCHEMA = "core"


class Base(DeclarativeBase):
    metadata = MetaData(schema=SCHEMA)

    @declared_attr.directive
    def __tablename__(cls):
        return f"{PREFIX}_{cls.__name__.lower()}"


class Sized:
    size: Mapped[int]

    @declared_attr.directive
    def __table_args__(cls):
        return (CheckConstraint("size > 0", name=f"{cls.__tablename__}_size"),)


class Named:
    name: Mapped[str] = mapped_column(String(40))

    @declared_attr.directive
    def __table_args__(cls):
        return (UniqueConstraint("name", name=f"uq_{cls.__tablename__}_name"), {"comment": "named"})


class Box(Sized, Base):
    id: Mapped[int] = mapped_column(primary_key=True)


class Crate(Sized, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]

    @declared_attr.directive
    def __table_args__(cls):
        return super().__table_args__ + (Index("ix_crate_code", "code"),)


class Barrel(Named, Sized, Base):
    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr.directive
    def __table_args__(cls):
        return (UniqueConstraint("size"),)


class Chest(Named, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    lid: Mapped[int]
    __table_args__ = (Index("ix_chest", "lid"), {"schema": "other"})


class Crates(Base):
    __tablename__ = quoted_name("Quoted Crates", quote=True)
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int] = mapped_column(key="h", comment="tall", info={"x": 1})
    area: Mapped[int] = mapped_column(Computed("width * height", persisted=True))
    serial_no: Mapped[int] = mapped_column(Identity(start=100, increment=5))
    crate_id = Column("crateId", ForeignKey("core.app_crate.id"), key="crate_key")
    upper_ix = Column(String)
    __table_args__ = (Index("ix_upper", func.lower(upper_ix), text("width DESC")), Index("ix_key", "h"))


class Part(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int]
    b: Mapped[int]
    __table_args__ = (
        ForeignKeyConstraint(["a", "b"], [Crates.a, Crates.b], name="fk_part", onupdate="CASCADE", deferrable=True, initially="DEFERRED"),
        {"comment": "parts of " + PREFIX, "postgresql_partition_by": "RANGE (id)"} if False else {"comment": f"parts of {PREFIX}"},
    )
