import enum
from enum import IntEnum, StrEnum, auto

from sqlalchemy import Column, Enum, Integer
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Plain(enum.Enum):
    ONE = 1
    TWO = 2
    ALSO_TWO = 2


class Text(str, enum.Enum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"

    @classmethod
    def values(cls):
        return [m.value for m in cls]

    @property
    def label(self):
        return self.value.title()


class Strs(StrEnum):
    Alpha = auto()
    Beta = auto()


class Nums(IntEnum):
    a = 1
    b = 2


def values(e):
    return [member.value for member in e]


KINDS = ("k1", "k2")
shared = Enum(Text, name="shared_text", values_callable=lambda x: [e.value for e in x])
Functional = enum.Enum("Functional", "RED GREEN")


class T(Base):
    __tablename__ = "t"
    id = Column(Integer, primary_key=True)
    a = Column(Enum(Plain))
    b = Column(Enum(Text, values_callable=lambda obj: [e.value for e in obj], name="text_values"))
    c = Column(Enum(Strs, values_callable=values))
    d = Column(Enum(Nums, name="nums", native_enum=False))
    e = Column(Enum("x", "yy", "zzz", name="xyz"))
    f = Column(Enum("x", "yy", name="non_native", native_enum=False, create_constraint=True))
    g = Column(Enum(Plain, native_enum=False, length=40))
    h = Column(ENUM("p", "q", name="pq", create_type=True))
    i = Column(pg.ENUM(Plain, name="plain_pg"))
    j = Column(shared)
    k = Column(shared, nullable=False)
    l = Column(Enum(*KINDS, name="kinds"))
    m = Column(Enum(*[s.value for s in Strs], name="from_values"))
    n = Column(pg.ARRAY(Enum(Plain, name="plain_array")))
    o = Column(Enum(Text, name="in_schema", schema="types"))
    p = Column(Enum(Functional))
    q = Column(Enum(Text, name="by_method", values_callable=lambda _: Text.values()))
