"""Both branches come together."""

import sqlalchemy as sa
from alembic import op

revision = "r4"
down_revision = ("r2", "r3")
branch_labels = None
depends_on = None


def upgrade():
    for table in ("boxes", "shops"):
        op.add_column(table, sa.Column("weight", sa.Integer(), server_default="0"))
        op.create_check_constraint(f"{table}_weight", table, "weight >= 0")
    sa.Enum("x", "y", name="left_over").create(op.get_bind())
    sa.Enum(name="left_over").drop(op.get_bind(), checkfirst=True)
