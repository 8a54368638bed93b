import datetime
import re
import uuid

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


def camel_to_snake(name: str) -> str:
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z0-9])([A-Z])", r"\1_\2", name).lower()


class TimestampMixin:
    created_at = Column(DateTime, server_default=func.now(), nullable=False)
    updated_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class IdMixin:
    id: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)


class OwnerMixin:
    @declared_attr
    def owner_id(cls) -> Mapped[uuid.UUID]:
        return mapped_column(ForeignKey("account_users.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def owner(cls):
        return relationship("AccountUser")

    @declared_attr.directive
    def __table_args__(cls):
        return (UniqueConstraint("owner_id", "title", name=f"uq_{cls.__tablename__}_owner"), {"comment": cls.__name__})


class Base(DeclarativeBase):
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return camel_to_snake(cls.__name__) + "s"


class Abstract(IdMixin, Base):
    __abstract__ = True
    note: Mapped[str | None] = mapped_column(String(9))


class AccountUser(TimestampMixin, Abstract):
    email: Mapped[str] = mapped_column(unique=True)


class Document(OwnerMixin, Abstract, TimestampMixin):
    title: Mapped[str]


class Keyed:
    @declared_attr
    def tenant(cls):
        return Column(Integer, primary_key=True, autoincrement=False)


class First:
    a = Column(Integer, primary_key=True, autoincrement=False)


class Order(First, Keyed, Base):
    __tablename__ = "order"
    z = Column(Integer, primary_key=True)
    note = Column(String)


class Overrides(IdMixin, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    __table_args__ = (Index("ix_title", "title"),)
