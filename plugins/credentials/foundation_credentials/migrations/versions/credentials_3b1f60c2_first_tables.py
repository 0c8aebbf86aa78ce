"""The first tables of credentials: credentials, their sealed values, and who uses them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "credentials_3b1f60c2"
down_revision = None
branch_labels = None
depends_on = None
one_way = "taking it back would drop every credential"

OWN = "credentials"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    _creds()
    _secrets()
    _uses()
    for table in ("creds", "secrets", "uses"):
        op.execute(f"SELECT foundation.guard_table('{OWN}.{table}')")


def _creds() -> None:
    op.create_table(
        "creds",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("description", sa.String, nullable=False),
        sa.Column("plain", postgresql.JSONB, nullable=False),
        sa.Column("values_version", sa.Integer, nullable=False),
        sa.Column("values_at", Time, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creds")),
        sa.UniqueConstraint("slug", name=op.f("uq_creds_slug")),
        schema=OWN,
    )
    op.create_index("ix_creds_name_id", "creds", ["name", "id"], schema=OWN)


def _secrets() -> None:
    op.create_table(
        "secrets",
        sa.Column("cred_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("fmt", sa.Integer, nullable=False),
        sa.Column("kid", sa.String, nullable=False),
        sa.Column("wnonce", sa.LargeBinary, nullable=False),
        sa.Column("wdek", sa.LargeBinary, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("ct", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String, nullable=False, server_default=sa.text("'sealed'")),
        sa.Column("updated_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("cred_id", "version", "field", name=op.f("pk_secrets")),
        sa.ForeignKeyConstraint(
            ["cred_id"],
            ["credentials.creds.id"],
            name=op.f("fk_secrets_cred_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("state IN ('sealed', 'broken')", name=op.f("ck_secrets_state")),
        schema=OWN,
    )


def _uses() -> None:
    op.create_table(
        "uses",
        sa.Column("cred_id", sa.Uuid, nullable=False),
        sa.Column("plugin", sa.String, nullable=False),
        sa.Column("ref", sa.Uuid, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("cred_id", "plugin", "ref", name=op.f("pk_uses")),
        sa.ForeignKeyConstraint(
            ["cred_id"],
            ["credentials.creds.id"],
            name=op.f("fk_uses_cred_id"),
            ondelete="RESTRICT",
        ),
        schema=OWN,
    )
    op.create_index("ix_uses_plugin_ref", "uses", ["plugin", "ref"], schema=OWN)
