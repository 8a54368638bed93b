import enum
import re
from typing import Any, Mapping, Union

from sqlalchemy import Enum, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.sql.functions import coalesce

Json = Union[Mapping[str, "Json"], list["Json"], str, int, None]


def snake(name):
    return "_".join([part.lower() for part in re.split("(?=[A-Z])", name) if part])


class Phase(enum.StrEnum):
    ToDo = "to-do"
    AllDone = "all-done"


class Base(DeclarativeBase):
    type_annotation_map = {
        enum.Enum: Enum(enum.Enum, values_callable=lambda members: [member.value for member in members]),
    }

    @declared_attr.directive
    def __tablename__(cls):
        return snake(cls.__name__)


class WorkItem(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    phase: Mapped[Phase | None]
    data: Mapped[Json] = mapped_column(JSONB)
    title: Mapped[str] = mapped_column(String(40))
    started: Mapped[int | None] = mapped_column()
    expected: Mapped[int | None] = mapped_column()

    @declared_attr.directive
    def __table_args__(cls):
        return (
            Index("ix_everywhere", "title").ddl_if(dialect="postgresql"),
            Index("ix_elsewhere", "started").ddl_if(dialect="sqlite"),
            Index("ix_begin", coalesce(cls.started, cls.expected).desc()),
        )
