/** Advanced Alchemy's bases and mixins (package `advanced-alchemy`, version 1; Litestar's re-export of it). */

const MIXINS = `
from datetime import datetime
from uuid import UUID, uuid4
from sqlalchemy import Identity, Sequence, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from advanced_alchemy.types import BigIntIdentity, DateTimeUTC

class SentinelMixin:
    sa_orm_sentinel: Mapped[int] = mapped_column("sa_orm_sentinel", nullable=True)

class UUIDPrimaryKey(SentinelMixin):
    id: Mapped[UUID] = mapped_column(default=uuid4, primary_key=True)

class UUIDv6PrimaryKey(SentinelMixin):
    id: Mapped[UUID] = mapped_column(default=uuid4, primary_key=True)

class UUIDv7PrimaryKey(SentinelMixin):
    id: Mapped[UUID] = mapped_column(default=uuid4, primary_key=True)

class NanoIDPrimaryKey(SentinelMixin):
    id: Mapped[str] = mapped_column(default=uuid4, primary_key=True)

class BigIntPrimaryKey:
    @declared_attr
    def id(cls) -> Mapped[int]:
        return mapped_column(BigIntIdentity, Sequence(f"{cls.__tablename__}_id_seq", optional=False), primary_key=True)

class IdentityPrimaryKey:
    @declared_attr
    def id(cls) -> Mapped[int]:
        return mapped_column(BigIntIdentity, Identity(start=1, increment=1), primary_key=True)

class AuditColumns:
    created_at: Mapped[datetime] = mapped_column(DateTimeUTC(timezone=True), default=datetime.now)
    updated_at: Mapped[datetime] = mapped_column(DateTimeUTC(timezone=True), default=datetime.now, onupdate=datetime.now)

class SlugKey:
    @declared_attr
    def slug(cls) -> Mapped[str]:
        return mapped_column(String(100), nullable=False)

    @declared_attr.directive
    def __table_args__(cls):
        return (UniqueConstraint("slug", name=f"uq_{cls.__tablename__}_slug"),)

class UniqueMixin:
    pass
`;

const BASES = `
import datetime
import re
from typing import Any
from uuid import UUID
from pydantic import AnyHttpUrl, AnyUrl, EmailStr
from sqlalchemy import Date, MetaData, String
from sqlalchemy.orm import DeclarativeBase, declared_attr, registry as Registry
from advanced_alchemy.types import GUID, DateTimeUTC, JsonB
from advanced_alchemy.mixins import (
    AuditColumns,
    BigIntPrimaryKey,
    IdentityPrimaryKey,
    NanoIDPrimaryKey,
    UUIDPrimaryKey,
    UUIDv6PrimaryKey,
    UUIDv7PrimaryKey,
)

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
orm_registry = Registry(
    metadata=MetaData(naming_convention=convention),
    type_annotation_map={
        UUID: GUID,
        datetime.datetime: DateTimeUTC,
        datetime.date: Date,
        dict: JsonB,
        dict[str, Any]: JsonB,
        dict[str, str]: JsonB,
        EmailStr: String,
        AnyUrl: String,
        AnyHttpUrl: String,
    },
)

class BasicAttributes:
    pass

class CommonTableAttributes(BasicAttributes):
    @declared_attr.directive
    def __tablename__(cls):
        return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\\1", cls.__name__).lower()

class AdvancedDeclarativeBase(DeclarativeBase):
    registry = orm_registry
    __abstract__ = True

class DefaultBase(CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class SQLQuery(BasicAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class UUIDBase(UUIDPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class UUIDAuditBase(CommonTableAttributes, UUIDPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True

class UUIDv6Base(UUIDv6PrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class UUIDv6AuditBase(CommonTableAttributes, UUIDv6PrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True

class UUIDv7Base(UUIDv7PrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class UUIDv7AuditBase(CommonTableAttributes, UUIDv7PrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True

class NanoIDBase(NanoIDPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class NanoIDAuditBase(CommonTableAttributes, NanoIDPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True

class BigIntBase(BigIntPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class BigIntAuditBase(CommonTableAttributes, BigIntPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True

class IdentityBase(IdentityPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True

class IdentityAuditBase(CommonTableAttributes, IdentityPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True
`;

const MIXIN_MODULES = ["", ".audit", ".bigint", ".nanoid", ".sentinel", ".slug", ".unique", ".uuid"];

export const ADVANCED_ALCHEMY = {
	"advanced_alchemy.base": BASES,
	"litestar.plugins.sqlalchemy.base": BASES,
	"advanced_alchemy.extensions.litestar.base": BASES,
	...Object.fromEntries(MIXIN_MODULES.map((name) => [`advanced_alchemy.mixins${name}`, MIXINS])),
};
