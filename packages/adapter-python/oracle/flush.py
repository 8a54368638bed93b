"""What SQLAlchemy's unit of work does with columns that an object leaves unset: prints one outcome for each model, as JSON."""
import json
import warnings

from sqlalchemy import Column, String, create_engine, text
from sqlalchemy.orm import DeclarativeBase, Session

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


class Keyed(Base):
    __tablename__ = "keyed"
    id = Column(String, primary_key=True)


class Plain(Base):
    __tablename__ = "plain"
    id = Column(String, primary_key=True)
    state = Column(String, nullable=False)


class Touched(Base):
    __tablename__ = "touched"
    id = Column(String, primary_key=True)
    at = Column(String, nullable=False, onupdate="now")


# The database has a default for each of these, of which no model knows; `touched.at` has none.
TABLES = [
    "CREATE TABLE keyed (id text NOT NULL PRIMARY KEY DEFAULT 'made')",
    "CREATE TABLE plain (id text NOT NULL PRIMARY KEY, state text NOT NULL DEFAULT 'made')",
    "CREATE TABLE touched (id text NOT NULL PRIMARY KEY, at text NOT NULL)",
]


def outcome(saved):
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(table))
    with Session(engine) as session:
        session.add(saved)
        try:
            session.commit()
        except Exception as error:
            return type(error).__name__
        return "saved"


print(json.dumps({"key": outcome(Keyed()), "column": outcome(Plain(id="1")), "onupdate": outcome(Touched(id="1"))}))
