from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()

tags = db.Table(
    "tags",
    db.Column("tag_id", db.Integer, db.ForeignKey("tag.id"), primary_key=True),
    db.Column("page_id", db.Integer, db.ForeignKey("wiki_page.id"), primary_key=True),
)


class BaseModel(db.Model):
    __abstract__ = True
    id = db.Column(db.Integer, primary_key=True)
    created = db.Column(db.DateTime, server_default=db.func.now())


class Tag(BaseModel):
    name = db.Column(db.String(80), unique=True, nullable=False)


class WikiPage(BaseModel):
    title = db.Column(db.String(80), nullable=False)
    tags = db.relationship("Tag", secondary=tags, lazy="subquery", backref=db.backref("pages", lazy=True))
    kind = db.Column(db.String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "page"}
    __table_args__ = (db.UniqueConstraint("title", "kind"), db.Index("ix_kind", "kind"))


class SpecialPage(WikiPage):
    extra = db.Column(db.Text)
    __mapper_args__ = {"polymorphic_identity": "special"}


class HTTPLog2Entry(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str | None]


class Named(db.Model):
    __tablename__ = "explicit_name"
    id = db.Column(db.BigInteger, primary_key=True)
    page_id = db.Column(db.ForeignKey("wiki_page.id", ondelete="SET NULL"))
    kind = db.Column(db.Enum("a", "b", name="kind_enum"))
