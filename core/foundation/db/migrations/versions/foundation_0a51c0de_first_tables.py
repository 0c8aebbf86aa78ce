"""Core's first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from foundation.ids import uuid7

revision = "foundation_0a51c0de"
down_revision = None
branch_labels = None
depends_on = None
one_way = "taking it back would drop the audit trail"

CORE = "foundation"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    _people()
    _keys()
    _audit_log()
    _plugins()
    _service()


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, server_default="user"),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, server_default=""),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("last_seen_at", Time),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_users_issuer_subject")),
        sa.CheckConstraint("kind IN ('user', 'service')", name=op.f("ck_users_kind")),
        schema=CORE,
    )
    op.create_table(
        "user_roles",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("granted_by", sa.Uuid),
        sa.Column("granted_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("user_id", "role", "source", name=op.f("pk_user_roles")),
        _to_users("user_roles"),
        sa.CheckConstraint("source IN ('local', 'idp')", name=op.f("ck_user_roles_source")),
        schema=CORE,
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("public_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("idp_sid", sa.Text),
        sa.Column("auth_time", Time, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("last_seen_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("idle_seconds", sa.Integer, nullable=False),
        sa.Column("ip_first", postgresql.INET, nullable=False),
        sa.Column("ip_last", postgresql.INET, nullable=False),
        sa.Column("ua", sa.Text, nullable=False, server_default=""),
        sa.Column("id_token_sealed", sa.LargeBinary),
        sa.Column("ended_at", Time),
        sa.Column("end_reason", sa.Text),
        sa.Column("ended_by", sa.Uuid),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sessions_public_id")),
        _to_users("sessions"),
        schema=CORE,
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_sessions_user_id", "sessions", ["user_id"], schema=CORE, postgresql_where=live
    )
    op.create_index("ix_sessions_issuer_idp_sid", "sessions", ["issuer", "idp_sid"], schema=CORE)
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"], schema=CORE)


def _to_users(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id")
    return sa.ForeignKeyConstraint(
        ["user_id"], ["foundation.users.id"], name=name, ondelete="CASCADE"
    )


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("kid", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("check_nonce", sa.LargeBinary, nullable=False),
        sa.Column("check_ct", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("activated_at", Time),
        sa.Column("retired_at", Time),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_keys")),
        schema=CORE,
    )


def _audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", Time, nullable=False),
        sa.Column("recorded_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("type_version", sa.Integer, nullable=False),
        sa.Column("plugin", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("actor_type", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("session_ref", sa.Uuid),
        sa.Column("target_type", sa.Text),
        sa.Column("target_id", sa.Text),
        sa.Column("target_title", sa.Text),
        sa.Column("project_id", sa.Uuid),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("app_version", sa.Text, nullable=False),
        sa.Column("detail", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_audit_log")),
        schema=CORE,
    )
    newest = [sa.text("occurred_at DESC"), sa.text("event_id DESC")]
    op.create_index("ix_audit_log_occurred_at", "audit_log", newest, schema=CORE)
    for name, first in (
        ("type", ["type"]),
        ("actor_id", ["actor_id"]),
        ("target", ["target_type", "target_id"]),
    ):
        op.create_index(f"ix_audit_log_{name}", "audit_log", [*first, *newest], schema=CORE)


def _plugins() -> None:
    op.create_table(
        "plugins",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("dist", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("manifest", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.Column("snapshot", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("first_seen_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("changed_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plugins")),
        schema=CORE,
    )
    op.create_table(
        "event_types",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("plugin", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("schema", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.Column("first_seen_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_event_types")),
        schema=CORE,
    )


def _service() -> None:
    op.create_table(
        "schema_info",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("readable_from", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_schema_info")),
        schema=CORE,
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("actor_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("route", sa.Text, nullable=False),
        sa.Column("request_hash", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("actor_id", "key", name=op.f("pk_idempotency_keys")),
        schema=CORE,
    )
    deployment = op.create_table(
        "deployment",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
        schema=CORE,
    )
    op.bulk_insert(deployment, [{"id": uuid7()}])
