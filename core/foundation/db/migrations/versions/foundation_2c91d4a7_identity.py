"""Roles of one's own, API tokens, invitations, the first admin's code, and what limits count."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "foundation_2c91d4a7"
down_revision = "foundation_2c5ea1ed"
branch_labels = None
depends_on = None

CORE = "foundation"
Time = sa.DateTime(timezone=True)
Texts = postgresql.ARRAY(sa.Text)
TABLES = (
    "rate_counts",
    "spent_logouts",
    "bootstrap_codes",
    "invitations",
    "api_tokens",
    "roles",
)


def upgrade() -> None:
    op.add_column("users", sa.Column("owner_id", sa.Uuid), schema=CORE)
    op.create_foreign_key(
        op.f("fk_users_owner_id"), "users", "users", ["owner_id"], ["id"],
        source_schema=CORE, referent_schema=CORE, ondelete="RESTRICT",
    )  # fmt: skip
    _roles()
    _tokens()
    _invitations()
    _codes()
    for table, ignoring in (
        ("roles", ""),
        ("api_tokens", ", ignoring => '{last_used_at,last_used_ip}'"),
        ("invitations", ""),
        ("bootstrap_codes", ""),
    ):
        op.execute(f"SELECT foundation.guard_table('foundation.{table}'{ignoring})")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=CORE)
    op.drop_constraint(op.f("fk_users_owner_id"), "users", schema=CORE)
    op.drop_column("users", "owner_id", schema=CORE)


def _versioned() -> list[sa.Column[object]]:
    return [
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
    ]


def _to_users(table: str, column: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["foundation.users.id"], name=name, ondelete=ondelete)


def _roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False, server_default=""),
        sa.Column("permissions", Texts, nullable=False),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("name", name=op.f("uq_roles_name")),
        sa.CheckConstraint(
            "name NOT IN ('viewer', 'operator', 'admin')", name=op.f("ck_roles_not_built_in")
        ),
        schema=CORE,
    )


def _tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", Texts, nullable=False),
        sa.Column("networks", Texts, nullable=False, server_default="{}"),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("last_used_at", Time),
        sa.Column("last_used_ip", postgresql.INET),
        sa.Column("revoked_at", Time),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("ck_api_tokens_scopes")),
        _to_users("api_tokens", "user_id", "CASCADE"),
        schema=CORE,
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"], schema=CORE)


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("role", sa.Text),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("accepted_by", sa.Uuid),
        sa.Column("accepted_at", Time),
        sa.Column("revoked_at", Time),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
        schema=CORE,
    )


def _codes() -> None:
    op.create_table(
        "bootstrap_codes",
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("used_at", Time),
        sa.Column("used_by", sa.Uuid),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_bootstrap_codes")),
        schema=CORE,
    )
    op.create_table(
        "spent_logouts",
        sa.Column("jti_hash", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("jti_hash", name=op.f("pk_spent_logouts")),
        schema=CORE,
    )
    op.create_table(
        "rate_counts",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("until", Time, nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name=op.f("pk_rate_counts")),
        schema=CORE,
    )
