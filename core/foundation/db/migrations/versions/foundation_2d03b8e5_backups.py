"""The book of backups and of the drills that tried them out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "foundation_2d03b8e5"
down_revision = "foundation_2c9a41f0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backups",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column(
            "ended_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("ok", sa.Boolean, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column(
            "detail", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")
        ),
        sa.CheckConstraint("kind IN ('backup', 'drill')", name=op.f("ck_backups_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
        schema="foundation",
    )
    op.execute("SELECT foundation.guard_table('foundation.backups')")


def downgrade() -> None:
    op.drop_table("backups", schema="foundation")
