import sqlalchemy as sa
from sqlalchemy import MetaData, Table, Column, Integer, String, ForeignKey, Index, UniqueConstraint, CheckConstraint, PrimaryKeyConstraint, ForeignKeyConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(50), nullable=False, index=True),
    Column("email", sa.Text, unique=True),
    Column("handle", sa.Text, unique=True, index=True),
    Column("org", Integer),
    Column("dept", Integer),
    UniqueConstraint("org", "dept", name="uq_org_dept"),
    CheckConstraint("length(name) > 2", name="name_len"),
)

memberships = sa.Table(
    "memberships",
    metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("team_id", sa.ForeignKey("teams.id", ondelete="SET NULL", onupdate="CASCADE"), primary_key=True),
    Column("org", Integer),
    Column("dept", Integer),
    ForeignKeyConstraint(["org", "dept"], ["users.org", "users.dept"], name="fk_pair", deferrable=True, initially="DEFERRED"),
)

teams = Table("teams", metadata, Column("id", sa.BigInteger, primary_key=True, autoincrement=False), Column("slug", String))

pairs = Table("pairs", metadata, Column("a", Integer), Column("b", Integer), PrimaryKeyConstraint("b", "a", name="pairs_pk"))

Index("ix_users_lower", func.lower(users.c.name), unique=True)
Index("ix_team_slug", teams.c.slug.desc(), postgresql_where=teams.c.slug.is_not(None))
Index("ix_text", text("lower(slug) DESC"), _table=teams)


class Base(DeclarativeBase):
    pass


links = Table(
    "links",
    Base.metadata,
    Column("left_id", ForeignKey("lefts.id"), primary_key=True),
    Column("right_id", ForeignKey("rights.id"), primary_key=True),
)


class Left(Base):
    __tablename__ = "lefts"
    id: Mapped[int] = mapped_column(primary_key=True)
    rights: Mapped[list["Right"]] = relationship(secondary=links)


class Right(Base):
    __table__ = Table("rights", Base.metadata, Column("id", sa.BigInteger, primary_key=True), Column("x", Integer, server_default="5"))
