from package.core.db import Base

from .post import Post
from .user import User

__all__ = ["Base", "Post", "User"]
