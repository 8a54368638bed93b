"""Runs the revisions in the database that -x url=… names: what they do depends on what they find there."""

import alembic_postgresql_enum  # noqa: F401
from alembic import context
from conventions import target_metadata
from sqlalchemy import create_engine, pool

engine = create_engine(context.get_x_argument(as_dictionary=True)["url"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
