from functools import partial

from sqlalchemy import Column, ForeignKey, Integer, String

from ..core.constants import NAME_LENGTH


def name_column(length=NAME_LENGTH, **kwargs):
    """A column for names."""
    kwargs["nullable"] = False
    return Column(String(length), **kwargs)


def reference(table: str, ondelete: str = "CASCADE"):
    target = f"{table}.id"
    if ondelete is None:
        return Column(Integer, ForeignKey(target))
    return Column(Integer, ForeignKey(target, ondelete=ondelete), nullable=False, index=True)


Required = partial(Column, nullable=False)
