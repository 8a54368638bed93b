from functools import partial

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

mapper_registry = registry(metadata=MetaData(schema="imp"))
LENGTHS = {"short": 20, "long": 200}


class Config:
    NAME_LENGTH = 33


def pk(name="id", *, big=False):
    return Column(name, BigInteger if big else Integer, primary_key=True)


def fk(target, **kwargs):
    options = {"nullable": False}
    options.update(kwargs)
    return Column(ForeignKey(target, ondelete="CASCADE"), **options)


def stamps():
    return [Column("created_at", DateTime(timezone=True), server_default=func.now()), Column("updated_at", DateTime(timezone=True))]


required = partial(Column, nullable=False)
ShortName = partial(mapped_column, String(LENGTHS["short"]))

users = Table("users", mapper_registry.metadata, pk(big=True), required("name", String(Config.NAME_LENGTH)), *stamps())
groups = Table(
    "groups",
    mapper_registry.metadata,
    pk("group_id"),
    Column("title", String(length=LENGTHS["long"]), key="t"),
    Column("owner", ForeignKey(users.c.id)),
    schema=None,
)


class User:
    pass


mapper_registry.map_imperatively(User, users, properties={"title": users.c.name})


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id = pk()
    parent_id = fk("team.id", nullable=True)
    root_id = fk("team.id")
    name: Mapped[str] = ShortName()
    is_active: Mapped[bool] = mapped_column(Boolean(), server_default="true")


class Concrete:
    id = Column(Integer, primary_key=True)
    label = Column(String(9))


class ConcreteA(Concrete, Base):
    __tablename__ = "concrete_a"


class ConcreteB(ConcreteA):
    __tablename__ = "concrete_b"
    id = Column(Integer, primary_key=True)
    label = Column(String(10))
    more = Column(Integer)
    __mapper_args__ = {"concrete": True}
