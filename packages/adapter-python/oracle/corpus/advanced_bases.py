from advanced_alchemy.base import BigIntAuditBase, BigIntBase, UUIDAuditBase, UUIDBase, UUIDv7AuditBase, DefaultBase, IdentityBase, NanoIDBase, orm_registry
from advanced_alchemy.mixins import SlugKey, AuditColumns
from advanced_alchemy.types import DateTimeUTC, JsonB, EncryptedString, EncryptedText
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
import datetime
from uuid import UUID


class Author(UUIDAuditBase):
    name: Mapped[str]
    dob: Mapped[datetime.date | None]
    born: Mapped[datetime.datetime | None]
    data: Mapped[dict]


class BlogPost(BigIntAuditBase, SlugKey):
    __tablename__ = "posts"
    author_id: Mapped[UUID] = mapped_column(ForeignKey("author.id", ondelete="cascade"))
    secret = mapped_column(EncryptedString(key="x"))
    seen = mapped_column(DateTimeUTC)


class SideNote(UUIDBase):
    text: Mapped[str]


class ATagName(BigIntBase):
    label: Mapped[str] = mapped_column(unique=True, index=True)


class Numbered(IdentityBase):
    label: Mapped[str]


class Later(UUIDv7AuditBase):
    label: Mapped[str] = mapped_column(index=True)


class Plain(DefaultBase):
    key: Mapped[int] = mapped_column(primary_key=True)


class Nano(NanoIDBase):
    label: Mapped[str]
