import datetime
import decimal
import enum
import uuid
from typing import Annotated, Any, Literal, NewType, Optional, Union

from sqlalchemy import BigInteger, DateTime, Enum, ForeignKey, Identity, Integer, Numeric, String, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, column_property, deferred, mapped_column, registry, synonym

Status = Literal["pending", "received", "completed"]
Color = Literal["red", "blue"]
UserId = NewType("UserId", int)


class Mode(enum.Enum):
    FAST = "fast"
    SLOW = "slow"


class Weight(str, enum.Enum):
    light = "l"
    heavy = "h"


str50 = Annotated[str, mapped_column(String(50))]
str50_indexed = Annotated[str50, mapped_column(index=True)]
key = Annotated[int, mapped_column(primary_key=True)]
big_key = Annotated[key, mapped_column(BigInteger, Identity(always=True))]
stamp = Annotated[datetime.datetime, mapped_column(server_default=func.now())]
money = Annotated[decimal.Decimal, 12]
owner = Annotated[int, mapped_column(ForeignKey("thing.id", ondelete="CASCADE"))]


class Base(AsyncAttrs, DeclarativeBase):
    type_annotation_map = {
        Status: Enum("pending", "received", "completed", name="status_kind"),
        Color: Enum("red", "blue", native_enum=False, length=20),
        enum.Enum: Enum(enum.Enum, native_enum=False, values_callable=lambda e: [m.value for m in e]),
        Weight: Enum(Weight, name="weights", values_callable=lambda members: [m.value for m in members]),
        money: Numeric(12, 2),
        dict[str, Any]: JSONB,
        list[str]: ARRAY(String),
        UserId: BigInteger,
        str | int: Text,
        datetime.datetime: DateTime(timezone=True),
    }


class Thing(Base):
    __tablename__ = "thing"
    id: Mapped[key]
    status: Mapped[Status]
    color: Mapped[Optional[Color]]
    mode: Mapped[Mode]
    weight: Mapped[Weight | None]
    name: Mapped[str50]
    code: Mapped[str50_indexed]
    opt: Mapped[Optional[str50]]
    created: Mapped[stamp]
    price: Mapped[money]
    data: Mapped[dict[str, Any]]
    tags: Mapped[list[str] | None]
    user: Mapped[UserId]
    mixed: Mapped[str | int]
    direct: Mapped[Annotated[str, mapped_column(String(3), nullable=True)]]
    mutable = mapped_column(MutableDict.as_mutable(JSONB), nullable=False, server_default=text("'{}'::jsonb"))
    items = mapped_column(MutableList.as_mutable(ARRAY(Text)))
    big: Mapped[str] = deferred(mapped_column(Text))
    lazy = mapped_column(Text, deferred=True, deferred_group="g")
    parent_id: Mapped[Optional[owner]]
    base = mapped_column(Integer)
    total = column_property(base * 2)
    alias = synonym("name")

    @hybrid_property
    def shown(self):
        return self.name


class BigThing(Base):
    __tablename__ = "big_thing"
    id: Mapped[big_key]
    owner_id: Mapped[owner] = mapped_column(unique=True)


class Data(MappedAsDataclass, Base, kw_only=True):
    __tablename__ = "data"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(default="x", insert_default="y")
    uid: Mapped[uuid.UUID] = mapped_column(default_factory=uuid.uuid4, server_default=func.gen_random_uuid())
