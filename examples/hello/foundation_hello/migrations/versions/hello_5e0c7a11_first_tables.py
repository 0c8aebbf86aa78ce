"""The first table of hello."""

import sqlalchemy as sa
from alembic import op

revision = "hello_5e0c7a11"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        schema="hello",
    )
    op.execute("SELECT foundation.guard_table('hello.notes')")


def downgrade() -> None:
    op.drop_table("notes", schema="hello")
