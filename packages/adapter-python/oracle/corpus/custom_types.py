import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, TypeDecorator, types
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UTCDateTime(types.TypeDecorator):
    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value


class Named(TypeDecorator):
    impl = String
    cache_ok = True


class GUID(TypeDecorator):
    impl = sa.CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        else:
            return dialect.type_descriptor(sa.CHAR(32))


class Loads(TypeDecorator):
    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(JSONB()) if dialect.name == "postgresql" else self.impl


class Point(types.UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "point"


class Id(TypeDecorator):
    impl = sa.BigInteger
    cache_ok = True


class Lower(sa.String):
    pass


class Base(DeclarativeBase):
    type_annotation_map = {dict: Loads}


class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    a = Column(UTCDateTime)
    b = Column(UTCDateTime(), nullable=False)
    c = Column(Named(40))
    c2 = Column(Named(length=41))
    c3 = Column(Named)
    d = Column(GUID())
    e = Column(Loads)
    f = Column(Point)
    g = Column(Lower(12))
    h: Mapped[dict]
