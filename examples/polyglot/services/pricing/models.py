"""The tables of the pricing service."""
import enum
import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class BoatKind(enum.Enum):
    canoe = "canoe"
    kayak = "kayak"
    rowing_boat = "rowing_boat"


class Boat(Base):
    __tablename__ = "boats"
    __table_args__ = (CheckConstraint("seats > 0", name="boats_seats_check"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, server_default=text("gen_random_uuid()"))
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[BoatKind] = mapped_column(Enum(BoatKind, name="boat_kind"))
    seats: Mapped[int] = mapped_column(SmallInteger)
    daily_rate: Mapped[Decimal] = mapped_column(Numeric(8, 2))


class PriceRule(Base):
    __tablename__ = "price_rules"
    __table_args__ = (UniqueConstraint("boat_id", "season"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    boat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("boats.id", ondelete="CASCADE"))
    season: Mapped[str] = mapped_column(String(20))
    multiplier: Mapped[float] = mapped_column(Float, server_default=text("1"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)


class DiscountCode(Base):
    __tablename__ = "discount_codes"

    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    percent: Mapped[int] = mapped_column(SmallInteger)
    valid_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Quote(Base):
    __tablename__ = "quotes"
    __table_args__ = (Index("quotes_expires_at_idx", "expires_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, server_default=text("gen_random_uuid()"))
    boat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("boats.id", ondelete="CASCADE"))
    amount: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
