"""The first tables of etl: sources, and the rows they brought."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "etl_4c81d2f0"
down_revision = None

OWN = "etl"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    _sources()
    op.create_table(
        "rows",
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("data", postgresql.JSONB, nullable=False),
        sa.PrimaryKeyConstraint("source_id", "number", name=op.f("pk_rows")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["etl.sources.id"], name=op.f("fk_rows_source_id"), ondelete="CASCADE"
        ),
        schema=OWN,
    )
    for table in ("sources", "rows"):
        op.execute(f"SELECT foundation.guard_table('{OWN}.{table}')")


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("credential_id", sa.Uuid),
        sa.Column("loaded_at", Time),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("owner_id", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["foundation.users.id"],
            name=op.f("fk_sources_owner_id"),
            ondelete="SET NULL",
        ),
        sa.CheckConstraint("kind IN ('csv', 'postgres')", name=op.f("ck_sources_kind")),
        schema=OWN,
    )
    op.create_index("ix_sources_name_id", "sources", ["name", "id"], schema=OWN)
    op.create_index("ix_sources_owner_id", "sources", ["owner_id"], schema=OWN)


def downgrade() -> None:
    op.drop_table("rows", schema=OWN)
    op.drop_table("sources", schema=OWN)
