from package.core import constants
from package.core.db import Base
from sqlalchemy import Column, Integer

from .helpers import name_column
from .post import Post


class User(Base):
    __tablename__ = "{}users".format(constants.PREFIX)
    id = Column(Integer, primary_key=True)
    name = name_column(unique=True)
    last_post = Column(Integer, Post.id.type) if False else Column(Integer)
