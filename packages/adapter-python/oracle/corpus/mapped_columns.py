from __future__ import annotations

import datetime
import decimal
import enum
import uuid
from datetime import date, timedelta
from typing import List, Literal, Optional, Union

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Status(enum.Enum):
    ACTIVE = "active"
    GONE = "gone"


class Level(str, enum.Enum):
    low = "LOW"
    high = "HIGH"


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    nick: Mapped[Optional[str]]
    nick2: Mapped[str | None]
    nick3: Mapped["str | None"]
    nick4: Mapped[Union[str, None]]
    email: Mapped[str] = mapped_column(String(320), unique=True)
    born: Mapped[date]
    created: Mapped[datetime.datetime]
    clock: Mapped[datetime.time]
    took: Mapped[timedelta]
    flag: Mapped[bool] = mapped_column(default=False)
    ratio: Mapped[float]
    price: Mapped[decimal.Decimal]
    raw: Mapped[bytes]
    uid: Mapped[uuid.UUID]
    status: Mapped[Status]
    level: Mapped[Optional[Level]]
    kind: Mapped[Literal["a", "bcd"]]
    forced: Mapped[str] = mapped_column(nullable=True)
    forced2: Mapped[Optional[str]] = mapped_column(nullable=False)
    untyped = mapped_column(String(5))
    big: Mapped[int] = mapped_column(BigInteger)
    other: Mapped[int] = mapped_column("renamed")
    posts: Mapped[List["Post"]] = relationship(back_populates="user")


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    user: Mapped["User"] = relationship(back_populates="posts")
