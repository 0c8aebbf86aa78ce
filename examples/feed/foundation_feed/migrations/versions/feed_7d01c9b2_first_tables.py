"""The first table of feed."""

import sqlalchemy as sa
from alembic import op

revision = "feed_7d01c9b2"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "rows",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.UniqueConstraint("number", name=op.f("uq_rows_number")),
        schema="feed",
    )
    op.execute("SELECT foundation.guard_table('feed.rows')")


def downgrade() -> None:
    op.drop_table("rows", schema="feed")
