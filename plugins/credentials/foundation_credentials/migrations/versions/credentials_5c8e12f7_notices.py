"""Notices: which reminders of an expiry or a rotation have been told, so that each is told once."""

import sqlalchemy as sa
from alembic import op

revision = "credentials_5c8e12f7"
down_revision = "credentials_7d20aa41"
branch_labels = None
depends_on = None

OWN = "credentials"


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("cred_id", sa.Uuid, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("cred_id", "what", "due_at", "days", name=op.f("pk_notices")),
        sa.ForeignKeyConstraint(
            ["cred_id"],
            ["credentials.creds.id"],
            name=op.f("fk_notices_cred_id"),
            ondelete="CASCADE",
        ),
        schema=OWN,
    )
    op.execute(f"SELECT foundation.guard_table('{OWN}.notices')")


def downgrade() -> None:
    op.drop_table("notices", schema=OWN)
