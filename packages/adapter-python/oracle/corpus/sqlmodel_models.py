import datetime
import decimal
import enum
import uuid
from typing import Annotated, List, Optional

import sqlalchemy as sa
from pydantic import EmailStr
from sqlalchemy import Column, DateTime, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship, SQLModel


class Role(str, enum.Enum):
    ADMIN = "admin"
    USER = "user"


class UserBase(SQLModel):
    email: EmailStr = Field(unique=True, index=True, max_length=255)
    is_active: bool = True
    full_name: str | None = Field(default=None, max_length=255)


class UserCreate(UserBase):
    password: str


class User(UserBase, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    hashed_password: str
    role: Role = Field(default=Role.USER)
    items: List["Item"] = Relationship(back_populates="owner", cascade_delete=True)
    created: Optional[datetime.datetime] = Field(default_factory=datetime.datetime.now, sa_type=DateTime(timezone=True))


class Item(SQLModel, table=True):
    __tablename__ = "things"
    __table_args__ = (UniqueConstraint("title", "owner_id", name="uq_title"),)

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(index=True)
    owner_id: uuid.UUID = Field(foreign_key="user.id", nullable=False, ondelete="CASCADE")
    maybe: Optional[int] = Field(default=None, foreign_key="things.id")
    price: decimal.Decimal = Field(default=0, max_digits=10, decimal_places=2)
    amount: decimal.Decimal
    day: datetime.date
    at: datetime.time
    took: datetime.timedelta
    raw: bytes
    ratio: float
    data: dict = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'::jsonb")))
    named: str = Field(sa_column=Column("other", sa.Text))
    extra: str = Field(sa_column_kwargs={"server_default": "x", "comment": "why"})
    forced: str = Field(nullable=True)
    short: Annotated[str, Field(max_length=12)]
    owner: User | None = Relationship(back_populates="items")


class HeroTeamLink(SQLModel, table=True):
    team_id: int | None = Field(default=None, foreign_key="things.id", primary_key=True)
    hero_id: uuid.UUID | None = Field(default=None, foreign_key="user.id", primary_key=True)
