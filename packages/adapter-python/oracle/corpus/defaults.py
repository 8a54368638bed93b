import datetime
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import Column, Computed, FetchedValue, Identity, Sequence, func, text
from sqlalchemy.dialects.postgresql import ARRAY, ENUM, JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

seq = Sequence("counter_seq", start=100, increment=5)


class State(str, enum.Enum):
    draft = "draft"
    done = "done"


DEFAULT_STATE = "draft"


class Base(DeclarativeBase):
    pass


def utcnow():
    return datetime.datetime.now(datetime.timezone.utc)


class T(Base):
    __tablename__ = "t"
    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    a = Column(sa.String, server_default="text 'quoted'")
    b = Column(sa.Integer, server_default="5")
    c = Column(sa.Integer, server_default=text("7"))
    d = Column(sa.DateTime, server_default=func.now(), onupdate=func.now())
    e = Column(sa.DateTime(timezone=True), server_default=func.current_timestamp(), default=utcnow)
    f = Column(sa.Boolean, server_default=sa.false(), nullable=False)
    g = Column(sa.Boolean, server_default=sa.text("true"))
    h = Column(sa.Boolean, server_default="false")
    i = Column(JSONB, server_default="{}")
    j = Column(JSONB, server_default=text("'[]'::jsonb"))
    k = Column(ARRAY(sa.Text), server_default=text("'{}'"))
    l = Column(UUID, server_default=func.gen_random_uuid())
    m = Column(UUID, server_default=text("uuid_generate_v4()"))
    n = Column(sa.Enum(State), server_default=State.draft.value)
    o = Column(sa.Enum("x", "y", name="letters"), server_default="x")
    p = Column(sa.Enum(State, name="state2"), server_default=DEFAULT_STATE, default=State.draft)
    q = Column(sa.Numeric(5, 2), server_default=f"{1}.5")
    r = Column(sa.Integer, Computed("b * 2", persisted=True))
    s = Column(sa.Integer, seq)
    u = Column(sa.Integer, server_default=seq.next_value())
    v = Column(sa.Text, server_default=sa.cast("x", sa.Text))
    w = Column(sa.Text, server_default=sa.null())
    x = Column(sa.Integer, server_default=sa.literal(3).op("+")(4) if False else "12")
    y = Column(sa.Interval, server_default=text("interval '3 days'"))
    z = Column(sa.DateTime, server_default=text("(now() at time zone 'utc')"))
    aa = Column(sa.DateTime, server_default=func.timezone("UTC", func.now()))
    bb = Column(sa.Text, server_default=sa.literal_column("'x' || 'y'"))


class Ident(Base):
    __tablename__ = "ident"
    id: Mapped[int] = mapped_column(sa.BigInteger, Identity(always=True), primary_key=True)
    n: Mapped[int] = mapped_column(Identity(start=5))


class Small(Base):
    __tablename__ = "small"
    id: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)


class Big(Base):
    __tablename__ = "big"
    id = Column(sa.BigInteger, primary_key=True)


class NoAuto(Base):
    __tablename__ = "no_auto"
    id = Column(sa.Integer, primary_key=True, autoincrement=False)


class WithDefault(Base):
    __tablename__ = "with_default"
    id = Column(sa.Integer, primary_key=True, default=5)


class WithServer(Base):
    __tablename__ = "with_server"
    id = Column(sa.Integer, primary_key=True, server_default=text("1"))


class Composite(Base):
    __tablename__ = "composite"
    a = Column(sa.Integer, primary_key=True)
    b = Column(sa.Integer, primary_key=True)


class CompositeAuto(Base):
    __tablename__ = "composite_auto"
    a = Column(sa.Integer, primary_key=True, autoincrement=True)
    b = Column(sa.Integer, primary_key=True)


class Child(Base):
    __tablename__ = "child"
    id = Column(sa.Integer, sa.ForeignKey("big.id"), primary_key=True)


class SeqKey(Base):
    __tablename__ = "seq_key"
    id = Column(sa.Integer, Sequence("seq_key_seq"), primary_key=True)


class TextKey(Base):
    __tablename__ = "text_key"
    id = Column(sa.String(36), primary_key=True, default=lambda: str(uuid.uuid4()))
