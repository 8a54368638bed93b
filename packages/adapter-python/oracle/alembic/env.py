"""Offline mode only: the SQL of all revisions for Postgres, without a database."""

from alembic import context

context.configure(dialect_name="postgresql", literal_binds=True, url="postgresql://")
with context.begin_transaction():
    context.run_migrations()
