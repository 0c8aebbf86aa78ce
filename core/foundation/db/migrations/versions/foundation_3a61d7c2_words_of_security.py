"""A type of event may carry its words in OWASP's logging vocabulary."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "foundation_3a61d7c2"
down_revision = "foundation_2f07c4e9"
branch_labels = None
depends_on = None

CORE = "foundation"


def upgrade() -> None:
    op.add_column(
        "event_types",
        sa.Column("owasp", ARRAY(sa.Text), nullable=False, server_default="{}"),
        schema=CORE,
    )


def downgrade() -> None:
    op.drop_column("event_types", "owasp", schema=CORE)
