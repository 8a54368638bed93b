from typing import TYPE_CHECKING

from sqlalchemy import Column, Enum, Integer, Text
from sqlalchemy.orm import relationship

from .. import core
from ..core import constants
from ..core import constants as const
from ..core.db import Base
from .helpers import Required, name_column, reference

if TYPE_CHECKING:
    from .user import User


class Post(Base):
    __tablename__ = constants.TABLES["posts"]
    id = Column(Integer, primary_key=True)
    title = name_column(index=True)
    slug = name_column(20)
    user_id = reference(const.TABLES["users"])
    other_id = reference(const.TABLES["users"], None)
    body = Required(Text)
    kind = Column(Enum(*core.constants.KINDS, name="kinds"))
    user = relationship("User", foreign_keys=[user_id])
