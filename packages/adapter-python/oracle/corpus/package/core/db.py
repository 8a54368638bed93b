import os

from sqlalchemy.orm import DeclarativeBase

try:
    from missing_library import Thing
except ImportError:
    Thing = None

SCHEMA = os.getenv("SCHEMA_THAT_IS_NEVER_SET") and None


class Base(DeclarativeBase):
    pass
