"""Filters of the trail that people keep under a name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "audit_5f20c3b1"
down_revision = None
branch_labels = None
depends_on = None
one_way = "taking it back would drop what people keep"

OWN = "audit"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "filters",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("query", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filters")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_filters_user_id_name")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["foundation.users.id"],
            name=op.f("fk_filters_user_id"),
            ondelete="CASCADE",
        ),
        schema=OWN,
    )
    op.execute("SELECT foundation.guard_table('audit.filters')")
