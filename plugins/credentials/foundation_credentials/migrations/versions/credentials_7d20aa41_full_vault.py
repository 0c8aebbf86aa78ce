"""Versions, grants, and what a credential says of its life: tags, expiry, rotation, deletion."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "credentials_7d20aa41"
down_revision = "credentials_3b1f60c2"
branch_labels = None
depends_on = None
one_way = "taking it back would drop older versions and who may use what"

OWN = "credentials"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    _creds()
    op.create_table(
        "versions",
        sa.Column("cred_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("plain", postgresql.JSONB, nullable=False),
        sa.Column("made_at", Time, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("restored_from", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("cred_id", "version", name=op.f("pk_versions")),
        _belongs("fk_versions_cred_id"),
        schema=OWN,
    )
    op.create_table(
        "grants",
        sa.Column("cred_id", sa.Uuid, nullable=False),
        sa.Column("plugin", sa.String, nullable=False),
        sa.Column("granted_at", Time, nullable=False),
        sa.Column("granted_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("cred_id", "plugin", name=op.f("pk_grants")),
        _belongs("fk_grants_cred_id"),
        schema=OWN,
    )
    op.execute(
        "INSERT INTO credentials.versions (cred_id, version, plain, made_at, made_by)"
        " SELECT id, values_version, plain, values_at, '' FROM credentials.creds"
    )
    for table in ("versions", "grants"):
        op.execute(f"SELECT foundation.guard_table('{OWN}.{table}')")


def _creds() -> None:
    for column in (
        sa.Column("tags", postgresql.JSONB, nullable=False, server_default=sa.text("'[]'")),
        sa.Column("notes", sa.String, nullable=False, server_default=""),
        sa.Column("reveal", sa.String, nullable=False, server_default="allowed"),
        sa.Column("expires_at", Time, nullable=True),
        sa.Column("block_expired", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("rotate_every", sa.Integer, nullable=True),
        sa.Column("deleted_at", Time, nullable=True),
        sa.Column("shredded_at", Time, nullable=True),
    ):
        op.add_column("creds", column, schema=OWN)
    # A deleted credential leaves its slug to another.
    op.drop_constraint(op.f("uq_creds_slug"), "creds", schema=OWN)
    op.create_index(
        "uq_creds_slug_present",
        "creds",
        ["slug"],
        schema=OWN,
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def _belongs(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["cred_id"], ["credentials.creds.id"], name=op.f(name), ondelete="CASCADE"
    )
