"""One branch: constraints by the convention's names, and a new kind of enum."""

import sqlalchemy as sa
from alembic import op
from alembic_postgresql_enum import ColumnType
from sqlalchemy.dialects import postgresql

revision = "r2"
down_revision = "r1"
branch_labels = None
depends_on = None

kind = postgresql.ENUM("small", "large", name="box_kind", create_type=False)


def upgrade():
    kind.create(op.get_bind(), checkfirst=True)
    op.create_table(
        "boxes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", kind, nullable=False, server_default="large"),
        sa.Column("sale_id", sa.BigInteger()),
    )
    op.create_foreign_key(None, "boxes", "sales", ["sale_id"], ["id"])
    op.create_unique_constraint(None, "boxes", ["kind", "sale_id"])
    op.drop_constraint("one_shops_name_and_city", "shops", type_="unique")
    with op.batch_alter_table("shops") as batch:
        batch.alter_column("name", type_=sa.String(80), existing_nullable=False)
        batch.create_unique_constraint("one_name", ["name"])
        batch.drop_index("idx_shops_city")
    op.sync_enum_values(
        enum_schema="public",
        enum_name="box_kind",
        new_values=["small", "medium", "large"],
        affected_columns=[("boxes", "kind")],
        enum_values_to_rename=[],
    )
    lid = sa.Enum("on", "off", name="lid_state")
    lid.create(op.get_bind())
    op.add_column("boxes", sa.Column("lid", lid, server_default=sa.text("'on'::lid_state")))
    op.add_column("boxes", sa.Column("before", postgresql.ARRAY(lid)))
    op.alter_column("boxes", "before", server_default="{off}", existing_type=postgresql.ARRAY(lid))
    op.alter_column("boxes", "lid", new_column_name="cover")
    op.sync_enum_values(
        "public",
        "lid_state",
        ["open", "off", "lost"],
        [("boxes", "cover"), ("boxes", "before", ColumnType.ARRAY)],
        [("on", "open")],
    )
