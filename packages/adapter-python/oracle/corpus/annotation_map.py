import datetime
import enum
from decimal import Decimal
from typing import Any, NewType, Optional

import sqlalchemy as sa
from sqlalchemy import DateTime, Enum, ForeignKey, JSON, Numeric, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from typing_extensions import Annotated

intpk = Annotated[int, mapped_column(primary_key=True)]
timestamp = Annotated[
    datetime.datetime,
    mapped_column(DateTime(timezone=True), nullable=False, server_default=func.now()),
]
required_name = Annotated[str, mapped_column(String(30))]
str50 = Annotated[str, 50]
num12 = Annotated[Decimal, 12]
user_fk = Annotated[int, mapped_column(ForeignKey("users.id", ondelete="CASCADE"))]
UserId = NewType("UserId", int)
optional_name = Annotated[Optional[str], mapped_column(String(12))]


class Color(enum.Enum):
    red = 1
    blue = 2


class Shade(enum.Enum):
    dark = "d"
    light = "l"


class Base(DeclarativeBase):
    type_annotation_map = {
        str50: String(50),
        num12: Numeric(12, 4),
        datetime.datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        Color: Enum(Color, name="colour", native_enum=False, length=10),
        enum.Enum: Enum(enum.Enum, name="shades"),
    }


class User(Base):
    __tablename__ = "users"
    id: Mapped[intpk]
    name: Mapped[required_name]
    short: Mapped[str50]
    maybe: Mapped[Optional[str50]]
    amount: Mapped[num12]
    created: Mapped[timestamp]
    seen: Mapped[Optional[datetime.datetime]]
    data: Mapped[dict[str, Any]]
    color: Mapped[Color]
    shade: Mapped[Shade]
    opt: Mapped[optional_name]
    wide: Mapped[required_name] = mapped_column(String(99), unique=True)


reg = registry(type_annotation_map={str: sa.String(77), UserId: sa.BigInteger})


class Base2(DeclarativeBase):
    registry = reg


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[intpk]
    user_id: Mapped[user_fk]
    editor_id: Mapped[Optional[user_fk]] = mapped_column(index=True)


class Other(Base2):
    __tablename__ = "others"
    id: Mapped[UserId] = mapped_column(primary_key=True)
    text: Mapped[str]
