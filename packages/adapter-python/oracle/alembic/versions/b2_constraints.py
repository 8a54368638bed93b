"""Constraints that are added and dropped, by a branch of its own."""

import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"

NAMES = ("alpha", "beta")


def add_flag(table, name):
    op.add_column(table, sa.Column(f"is_{name}", sa.Boolean(), nullable=True))


def upgrade() -> None:
    op.create_table("items", sa.Column("a", sa.Integer(), nullable=False), sa.Column("b", sa.Integer()), sa.Column("c", sa.Text()))
    op.create_primary_key("pk_items", "items", ["a"])
    op.create_unique_constraint("uq_items_b_c", "items", ["b", "c"])
    op.create_unique_constraint(None, "items", ["c"])
    op.create_check_constraint("ck_items_b", "items", sa.column("b") > 0)
    op.create_check_constraint("ck_items_c", "items", "length(c) < 10")
    op.create_foreign_key("fk_items_b", "items", "users", ["b"], ["id"], ondelete="SET NULL")
    op.create_exclude_constraint("ex_items", "items", (sa.column("a"), "="), using="btree")
    for name in NAMES:
        add_flag("items", name)
    op.drop_constraint("items_c_key", "items", type_="unique")
    op.drop_constraint("ck_items_c", "items")
    op.drop_index("ix_users_lower", table_name="users")
    op.bulk_insert(sa.table("items", sa.column("a", sa.Integer())), [{"a": 1}])
    op.execute("DELETE FROM items")
    op.create_table("gone", sa.Column("id", sa.Integer(), primary_key=True))
    op.drop_table("gone")
