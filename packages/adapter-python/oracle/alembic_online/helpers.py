"""What revisions import from the project."""

import sqlalchemy as sa
from alembic import op


def has_column(table, column):
    inspector = sa.inspect(op.get_bind())
    return any(each["name"] == column for each in inspector.get_columns(table))


def add_stamps(table, zone=True):
    op.add_column(table, sa.Column("created_at", sa.DateTime(timezone=zone), server_default=sa.func.now(), nullable=False))
    op.add_column(table, sa.Column("updated_at", sa.DateTime(timezone=zone)))


def on_postgres():
    return op.get_bind().dialect.name == "postgresql"
