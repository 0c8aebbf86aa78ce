"""How far each subscription of a plugin has read the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "foundation_2e7a11c0"
down_revision = "foundation_3d10e4a1"
branch_labels = None
depends_on = None

CORE = "foundation"


def upgrade() -> None:
    op.create_table(
        "plugin_subscriptions",
        sa.Column("plugin", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("next_leaf", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("plugin", "name", name=op.f("pk_plugin_subscriptions")),
        schema=CORE,
    )


def downgrade() -> None:
    op.drop_table("plugin_subscriptions", schema=CORE)
