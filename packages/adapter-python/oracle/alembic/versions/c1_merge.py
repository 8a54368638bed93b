"""Merges both branches; batches, SQL texts and branches of the program."""

import sqlalchemy as sa
from alembic import op

revision = "c1"
down_revision = ("b1", "b2")

TABLE = "teams"


def upgrade() -> None:
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("d", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=True))
        batch_op.alter_column("c", existing_type=sa.Text(), type_=sa.String(length=9), nullable=False)
        batch_op.create_index(batch_op.f("ix_items_d"), ["d"], unique=False)
        batch_op.create_unique_constraint("uq_items_d", ["d", "a"])
        batch_op.create_foreign_key("fk_items_team", "teams", ["a"], ["id"], ondelete="CASCADE")
        batch_op.create_check_constraint("ck_items_d", "d > '2000-01-01'")
        batch_op.drop_constraint("uq_items_b_c", type_="unique")
        batch_op.drop_column("is_beta")
    op.execute(
        """
        CREATE VIEW open_teams AS
        SELECT id, slug FROM teams WHERE NOT archived
        """
    )
    op.execute(sa.text("ALTER TYPE user_role ADD VALUE 'guest'"))
    op.execute(f"ALTER TABLE {TABLE} ALTER COLUMN slug SET DEFAULT 'x'")
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.create_index("ix_teams_slug_trgm", "teams", ["slug"], postgresql_using="gin", postgresql_ops={"slug": "gin_trgm_ops"})
    else:
        op.drop_table("teams")
    with op.get_context().autocommit_block():
        op.create_index("ix_teams_parent", "teams", ["parent_id"], postgresql_concurrently=True, if_not_exists=True)
