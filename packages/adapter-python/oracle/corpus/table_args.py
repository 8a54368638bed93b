from sqlalchemy import (
    CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, MetaData, PrimaryKeyConstraint, String, UniqueConstraint, and_, desc, func, text, or_, not_, cast, Text, Boolean, literal_column
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint, JSONB, TSRANGE, ARRAY
from sqlalchemy.orm import declarative_base

Base = declarative_base(metadata=MetaData(schema="app"))


class A(Base):
    __tablename__ = "a"
    __table_args__ = {"schema": "other", "comment": "the table"}
    x = Column(Integer, primary_key=True, autoincrement=False)
    y = Column(Integer, primary_key=True)


class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True, comment="the id")
    x = Column(Integer)
    y = Column(Integer)
    name = Column(String(20), nullable=False)
    data = Column(JSONB)
    tags = Column(ARRAY(String))
    during = Column(TSRANGE)
    active = Column(Boolean)
    email = Column("e_mail", String)
    more = Column(JSONB)
    most = Column(String)
    __table_args__ = (
        UniqueConstraint("x", "y"),
        UniqueConstraint(name, x, name="uq_b_name_x", deferrable=True),
        UniqueConstraint("y", postgresql_nulls_not_distinct=True),
        Index("ix_b_name", "name"),
        Index("ix_b_xy", x, y.desc()),
        Index("ix_b_yx", "y", desc("x"), unique=True),
        Index("ix_b_lower", func.lower(name)),
        Index("ix_b_lower_text", text("lower(name)"), text("x DESC NULLS LAST")),
        Index("ix_b_gin", "data", postgresql_using="gin"),
        Index("ix_b_gin_path", more, postgresql_using="gin", postgresql_ops={"more": "jsonb_path_ops"}),
        Index("ix_b_part", "name", unique=True, postgresql_where=(active == True)),  # noqa: E712
        Index("ix_b_part2", "x", postgresql_where=text("active AND x > 5")),
        Index("ix_b_part3", "y", postgresql_where=and_(active.is_(True), x > 3, or_(y.is_(None), y != 4))),
        Index("ix_b_part4", "tags", postgresql_where=name.in_(["a", "b"])),
        Index("ix_b_incl", "most", postgresql_include=["x", "y"]),
        Index(None, "x", "name"),
        Index("ix_b_email", email),
        CheckConstraint("x > 0", name="x_positive"),
        CheckConstraint("y BETWEEN 1 AND 5"),
        CheckConstraint(and_(x > 1, y < 10), name="both"),
        CheckConstraint("e_mail LIKE '%@%'"),
        ForeignKeyConstraint(["x", "y"], ["other.a.x", "other.a.y"], onupdate="CASCADE", ondelete="RESTRICT"),
        ExcludeConstraint(("during", "&&"), (x, "="), name="no_overlap", using="gist", where=text("active")),
        {"schema": "app", "info": {"x": 1}},
    )


class C(Base):
    __tablename__ = "c"
    a = Column(Integer)
    b = Column(String)
    __table_args__ = (PrimaryKeyConstraint("b", "a", name="c_pk"),)


class D(Base):
    __tablename__ = "d"
    id = Column(Integer, primary_key=True)
    b_id = Column(Integer)
    __table_args__ = (ForeignKeyConstraint([b_id], [B.id], name="d_b"),)


Index("ix_d_late", D.b_id, postgresql_where=D.b_id.isnot(None))
