"""Tables under a naming convention, guards and branches by dialect."""

import sqlalchemy as sa
from alembic import context, op
from helpers import add_stamps, has_column, on_postgres

revision = "r1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    if not inspector.has_table("shops"):
        op.create_table(
            "shops",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("name", sa.String(40), nullable=False),
            sa.Column("code", sa.String(4), unique=True),
            sa.Column("city", sa.String(20), index=True),
            sa.UniqueConstraint("name", "city"),
        )
    op.create_table(
        "sales",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("shop_id", sa.Integer(), sa.ForeignKey("shops.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.Enum("open", "paid", name="sale_state"), server_default="open", nullable=False),
        sa.Column("amount", sa.Numeric(8, 2)),
    )
    add_stamps("sales")
    if has_column("sales", "note"):
        op.drop_column("sales", "note")
    else:
        op.add_column("sales", sa.Column("note", sa.Text()))
    if bind.dialect.name == "sqlite":
        op.create_table("only_sqlite", sa.Column("id", sa.Integer(), primary_key=True))
    elif on_postgres():
        op.create_index("ix_sales_note", "sales", ["note"], postgresql_using="hash")
    if context.is_offline_mode():
        op.create_table("only_offline", sa.Column("id", sa.Integer(), primary_key=True))
    shops = sa.table("shops", sa.column("name"), sa.column("code"))
    op.bulk_insert(shops, [{"name": "a", "code": "A"}])
    op.execute(shops.update().where(shops.c.code == "A").values(name="b"))
    op.execute(sa.text("UPDATE shops SET name = :name WHERE code = 'A'").bindparams(name="c"))
    op.create_table_comment("shops", "where things are sold")
