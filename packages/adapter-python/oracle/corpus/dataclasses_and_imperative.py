from dataclasses import dataclass, field
from typing import Optional

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, func
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, column_property, composite, deferred, mapped_column, registry, synonym
from sqlalchemy.ext.hybrid import hybrid_property


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    pass


class Stamped(MappedAsDataclass):
    created: Mapped[Optional[str]] = mapped_column(String(5), default=None, init=False)


@dataclass
class Pair:
    x: int
    y: int


class User(Stamped, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(default="x", insert_default="y")
    count: Mapped[int] = mapped_column(default=0, server_default="0", init=False)
    big = deferred(Column(String(9)))
    first = column_property(Column("first_name", String(8)))
    alias = synonym("name")
    pair: Mapped[Pair] = composite(mapped_column("px"), mapped_column("py"), default=None)

    @hybrid_property
    def upper(self):
        return self.name.upper()


mapper_registry = registry()

plain_table = Table(
    "plain",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_name", String(50)),
)


class Plain:
    pass


mapper_registry.map_imperatively(Plain, plain_table, properties={"name": plain_table.c.user_name})


@mapper_registry.mapped
class Decorated:
    __tablename__ = "decorated"
    id = Column(Integer, primary_key=True)
    plain_id = Column(Integer, ForeignKey(plain_table.c.id))


RegBase = mapper_registry.generate_base()


class FromRegistry(RegBase):
    __tablename__ = "from_registry"
    id = Column(Integer, primary_key=True)
    decorated_id = Column(ForeignKey(Decorated.id))
