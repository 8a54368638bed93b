"""Tables with columns, keys, constraints and indexes of every form."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a1"
down_revision = None
branch_labels = None
depends_on = None


def timestamps():
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.Text(), server_default="it's", nullable=True, comment="as shown"),
        sa.Column("role", sa.Enum("admin", "member", name="user_role"), server_default="member", nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.String(length=20)), nullable=True),
        sa.Column("score", sa.Numeric(10, 2), nullable=True),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        *timestamps(),
        sa.CheckConstraint("score >= 0", name=op.f("ck_users_score")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        comment="people",
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL"), index=True),
        sa.Column("slug", sa.String(50), unique=True, nullable=False),
        sa.Column("code", sa.SmallInteger(), unique=True, index=True),
        sa.Column("parent_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["parent_id"], ["teams.id"], ondelete="CASCADE", onupdate="RESTRICT", deferrable=True, initially="DEFERRED"),
    )
    op.create_table(
        "members",
        sa.Column("team_id", sa.BigInteger(), sa.ForeignKey("teams.id"), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("kind", sa.Enum("a", "bcd", native_enum=False, create_constraint=True, name="member_kind")),
        sa.Column("total", sa.Integer(), sa.Computed("team_id + user_id")),
        sa.Column("later", sa.Integer()),
        sa.ForeignKeyConstraint(["later"], ["users.id"], use_alter=True, name="fk_later"),
    )
    op.execute("CREATE SCHEMA audit")
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.TIMESTAMP(), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), index=True),
        schema="audit",
    )
    op.create_index(op.f("ix_users_name"), "users", ["name"], unique=False)
    op.create_index("ix_users_lower", "users", [sa.text("lower(email)")], unique=True)
    op.create_index("ix_users_recent", "users", ["role", sa.text("created_at DESC NULLS LAST")])
    op.create_index("ix_users_literal", "users", ["name", sa.literal_column("updated_at DESC")])
    op.create_index("ix_users_tags", "users", ["tags"], postgresql_using="gin")
    op.create_index("ix_users_ops", "users", ["name"], postgresql_ops={"name": "text_pattern_ops"}, postgresql_include=["score"])
    op.create_index("uq_users_live", "users", ["name", "role"], unique=True, postgresql_where=sa.text("updated_at IS NULL"))
    op.create_index(
        op.f("ix_users_a_very_long_name_that_is_longer_than_postgres_can_keep_of_it_at_all"), "users", ["score"]
    )
