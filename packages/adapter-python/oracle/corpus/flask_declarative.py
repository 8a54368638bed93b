from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    created: Mapped[str] = mapped_column(String(3))


db = SQLAlchemy(model_class=Base, metadata=MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}))

links = db.Table("links", db.Column("a", db.Integer, db.ForeignKey("user_account.id")), db.Column("b", db.Integer, unique=True))


class UserAccount(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(44), unique=True)
