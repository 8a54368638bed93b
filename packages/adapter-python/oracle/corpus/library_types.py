import enum

import sqlalchemy as sa
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy_json import NestedMutableJson, mutable_json_type
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy_utils import (
    ArrowType,
    ChoiceType,
    ColorType,
    CountryType,
    CurrencyType,
    EmailType,
    EncryptedType,
    IPAddressType,
    JSONType,
    LocaleType,
    LtreeType,
    PasswordType,
    PhoneNumberType,
    ScalarListType,
    StringEncryptedType,
    TimezoneType,
    TSVectorType,
    URLType,
    UUIDType,
    WeekDaysType,
)
from sqlalchemy_utils.types import DateRangeType, DateTimeRangeType, Int8RangeType, IntRangeType, NumericRangeType
from sqlalchemy_utils.types.choice import ChoiceType as Choices


class Size(enum.Enum):
    small = 1
    large = 2


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id = Column(UUIDType, primary_key=True)
    plain = Column(UUIDType(binary=False))
    email = Column(EmailType, unique=True)
    short_email = Column(EmailType(length=90))
    site = Column(URLType)
    tags = Column(ScalarListType)
    numbers = Column(ScalarListType(int))
    data = Column(JSONType)
    seen = Column(ArrowType)
    path = Column(LtreeType)
    search = Column(TSVectorType("email"))
    address = Column(IPAddressType)
    short_address = Column(IPAddressType(max_length=39))
    kind = Column(ChoiceType([("a", "A"), ("b", "B")]))
    kind_size = Column(ChoiceType(Size, impl=Integer()))
    kind_text = Column(Choices([("a", "A")], impl=sa.String(12)))
    secret = Column(PasswordType(schemes=["pbkdf2_sha512"], max_length=500))
    color = Column(ColorType)
    phone = Column(PhoneNumberType(region="US"))
    encrypted = Column(EncryptedType(sa.Unicode, "key"))
    encrypted_text = Column(StringEncryptedType(sa.Unicode(40), "key"))
    ints = Column(IntRangeType)
    bigs = Column(Int8RangeType)
    days = Column(DateRangeType)
    times = Column(DateTimeRangeType)
    amounts = Column(NumericRangeType)
    nested = Column(NestedMutableJson)
    tracked = Column(mutable_json_type(dbtype=JSONB, nested=True))
    loc = Column(LocaleType)
    zone = Column(TimezoneType(backend="zoneinfo"))
    country = Column(CountryType)
    currency = Column(CurrencyType)
    week = Column(WeekDaysType)
