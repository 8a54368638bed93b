import datetime
import decimal
import enum
import ipaddress
import pathlib
import uuid
from typing import Annotated, Any, ClassVar, Dict, List, Literal, Optional

import sqlalchemy as sa
from pydantic import UUID4, AnyHttpUrl, AnyUrl, AwareDatetime, BaseModel, EmailStr, HttpUrl, NaiveDatetime, PositiveInt, SecretStr, StringConstraints, condecimal, conint, constr
from sqlalchemy import ARRAY, JSON, BigInteger, Column, Enum, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString, Field, SQLModel

metadata = SQLModel.metadata


class Level(enum.IntEnum):
    low = 1
    high = 2


class Meta(BaseModel):
    a: int


class Stamped(SQLModel):
    created: datetime.datetime = Field(default_factory=datetime.datetime.now, nullable=False, sa_type=sa.DateTime(timezone=True), sa_column_kwargs={"server_default": sa.func.now()})
    updated: Optional[datetime.datetime] = Field(sa_column_kwargs={"onupdate": sa.func.now()})


class Wide(Stamped, table=True):
    __table_args__ = {"schema": "wide"}
    id: Optional[int] = Field(default=None, primary_key=True, sa_type=BigInteger)
    mail: EmailStr
    site: AnyUrl = Field(sa_type=AutoString)
    code: constr(max_length=7)
    token: UUID4
    positive: PositiveInt
    price: decimal.Decimal = Field(max_digits=5, decimal_places=3)
    whole: decimal.Decimal = Field(max_digits=5)


    level: Level
    level2: Level | None = Field(default=None, sa_column=Column(Enum(Level, name="level_two", native_enum=True)))
    tags: List[str] = Field(sa_column=Column(ARRAY(String)))
    tags2: list[str] = Field(default_factory=list, sa_type=JSON)
    meta: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, server_default="{}"))
    ip: ipaddress.IPv4Address
    path: pathlib.Path
    aware: AwareDatetime = Field(sa_type=sa.DateTime(timezone=True))
    tight: Annotated[str, StringConstraints(max_length=11)]
    ident: uuid.UUID = Field(default_factory=uuid.uuid4, index=True, unique=True)
    kind: ClassVar[str] = "x"
    text: str = Field(sa_column=Column(Text, nullable=False, index=True))
    args: int = Field(sa_column_args=[sa.CheckConstraint("args > 0", name="args_positive")])
    commented: str = Field(sa_column_kwargs={"comment": "c", "name": "renamed"})


class NoId(Stamped):
    label: str


class Labelled(NoId, table=True):
    id: int = Field(primary_key=True)
    wide_id: int | None = Field(default=None, foreign_key="wide.wide.id", ondelete="SET NULL")
    other: int | None = Field(default=None, foreign_key="labelled.id", unique=True)
