"""Prints, as JSON, the DDL that SQLAlchemy creates for each module of the corpus: {module: DDL} or {module: {"error": …}}."""

import importlib
import json
import os
import sys

import sqlalchemy
import sqlalchemy.dialects.postgresql  # noqa: F401  (registers the text search functions)
import sqlmodel  # noqa: F401  (imported once, before the forks)
from sqlalchemy import MetaData, create_mock_engine


def metadatas(module):
    """Every MetaData that the module's names lead to, in the order of the names."""
    found = []

    def add(value):
        if value.tables and all(value is not other for other in found):
            found.append(value)

    for name, value in list(vars(module).items()):
        if name.startswith("__"):
            continue
        if isinstance(value, MetaData):
            add(value)
            continue
        owned = getattr(value, "metadata", None)
        if isinstance(owned, MetaData):
            add(owned)
    return found


def record(name):
    module = importlib.import_module(name)
    statements = []

    def execute(sql, *args, **kwargs):
        statements.append(str(sql.compile(dialect=engine.dialect)).strip())

    engine = create_mock_engine("postgresql+asyncpg://", execute)
    sqlalchemy.orm.configure_mappers()
    for metadata in metadatas(module):
        metadata.create_all(engine, checkfirst=False)
    return ";\n\n".join(statements) + ";\n"


def record_in_child(name):
    """A process of its own: SQLModel's metadata is global, and a module that fails must not spoil the next."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            result = record(name)
        except Exception as error:  # what SQLAlchemy refuses is part of the record
            result = {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
        with os.fdopen(write_end, "w") as out:
            json.dump(result, out)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        result = json.load(answer)
    os.waitpid(child, 0)
    return result


def main():
    folder = sys.argv[1]
    sys.path.insert(0, folder)
    names = sorted(
        entry.removesuffix(".py")
        for entry in os.listdir(folder)
        if not entry.startswith(("_", ".")) and (entry.endswith(".py") or os.path.isdir(os.path.join(folder, entry)))
    )
    json.dump({name: record_in_child(name) for name in names}, sys.stdout)


main()
