"""Columns that are added, altered, renamed and dropped."""

from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "b1"
down_revision: Union[str, None] = "a1"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

status = postgresql.ENUM("open", "closed", name="status", create_type=False)


def upgrade() -> None:
    status.create(op.get_bind(), checkfirst=False)
    op.add_column("teams", sa.Column("status", status, server_default="open", nullable=False))
    op.add_column("teams", sa.Column("archived", sa.Boolean(), server_default=sa.false(), nullable=False, index=True))
    op.add_column("teams", sa.Column("lead_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE"), unique=True))
    op.alter_column("users", "name", existing_type=sa.Text(), nullable=False, server_default=None)
    op.alter_column("users", "email", existing_type=sa.String(320), type_=sa.String(200), existing_nullable=False)
    op.alter_column("users", "score", type_=sa.Integer(), postgresql_using="score::integer", new_column_name="points")
    op.alter_column("users", "token", server_default=sa.text("'00000000-0000-0000-0000-000000000000'"), comment="secret")
    op.alter_column("users", "ratio", existing_type=sa.Float(), nullable=True, server_default=False)
    op.drop_column("users", "tags")
    op.rename_table("members", "memberships")
    op.create_table_comment("teams", "groups of people", existing_comment=None)
    op.drop_table_comment("users", existing_comment="people")
