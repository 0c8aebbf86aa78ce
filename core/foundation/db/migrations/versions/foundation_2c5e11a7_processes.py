"""The processes that are alive, with the keys of the vault that each has at hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "foundation_2c5e11a7"
down_revision = "foundation_1b7e00d5"
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kids", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("active", sa.Text, nullable=False),
        sa.Column("started_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("seen_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
        schema="foundation",
    )


def downgrade() -> None:
    op.drop_table("processes", schema="foundation")
