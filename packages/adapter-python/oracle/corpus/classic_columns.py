from sqlalchemy import (
    BigInteger, Boolean, Column, Date, DateTime, Float, Integer, Interval, JSON, LargeBinary, Numeric, SmallInteger,
    String, Text, Time, Unicode, UnicodeText, Uuid, CHAR, VARCHAR, DOUBLE_PRECISION, REAL, Double, PickleType,
)
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Thing(Base):
    __tablename__ = "things"

    id = Column(Integer, primary_key=True)
    small = Column(SmallInteger)
    big = Column(BigInteger, nullable=False)
    name = Column(String(255), nullable=False)
    nick = Column(String)
    code = Column(CHAR(3))
    one = Column(CHAR)
    vc = Column(VARCHAR(10))
    uni = Column(Unicode(30))
    body = Column(Text)
    body2 = Column(UnicodeText())
    flag = Column(Boolean)
    price = Column(Numeric(10, 2))
    whole = Column(Numeric(10))
    any_number = Column(Numeric)
    ratio = Column(Float)
    ratio24 = Column(Float(24))
    ratio53 = Column(Float(precision=53))
    dbl = Column(Double)
    dbl2 = Column(DOUBLE_PRECISION)
    r = Column(REAL)
    created = Column(DateTime)
    updated = Column(DateTime(timezone=True))
    day = Column(Date)
    at = Column(Time)
    atz = Column(Time(timezone=True))
    took = Column(Interval)
    blob = Column(LargeBinary)
    pickled = Column(PickleType)
    data = Column(JSON)
    uid = Column(Uuid)
    uid_text = Column(Uuid(native_uuid=False))
    aliased = Column("other_name", Integer)
    metadata_ = Column("metadata", JSON)
