"""A schedule may belong to a project, and says why it was switched off."""

import sqlalchemy as sa
from alembic import op

revision = "foundation_2f07c4e9"
down_revision = "foundation_2cb0a11d"
branch_labels = None
depends_on = None
one_way = "taking it back would let the schedules of a project start runs outside of it"

CORE = "foundation"


def upgrade() -> None:
    op.add_column("run_schedules", sa.Column("project_id", sa.Uuid), schema=CORE)
    op.add_column("run_schedules", sa.Column("problem", sa.Text), schema=CORE)
