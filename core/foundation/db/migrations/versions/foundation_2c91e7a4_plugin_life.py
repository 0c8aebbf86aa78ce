"""What plugins hold, what is kept from running, and which plan each worker runs."""

import sqlalchemy as sa
from alembic import op

revision = "foundation_2c91e7a4"
down_revision = "foundation_2c91d4a7"
branch_labels = None
depends_on = None

CORE = "foundation"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "plugin_claims",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("since", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_plugin_claims")),
        schema=CORE,
    )
    op.create_table(
        "plugin_quarantine",
        sa.Column("plugin", sa.Text, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("wait_s", sa.Integer, nullable=False),
        sa.Column("probe_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("plugin", "part", name=op.f("pk_plugin_quarantine")),
        schema=CORE,
    )
    op.create_table(
        "plugin_faults",
        sa.Column("plugin", sa.Text, nullable=False),
        sa.Column("at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("plugin", name=op.f("pk_plugin_faults")),
        schema=CORE,
    )
    op.create_table(
        "plugin_workers",
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("seen_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_plugin_workers")),
        schema=CORE,
    )
    op.create_table(
        "plugin_steps",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("readable_from", sa.Integer, nullable=False),
        sa.Column("down_sql", sa.Text, nullable=False),
        sa.Column("one_way", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("owner", "revision", name=op.f("pk_plugin_steps")),
        schema=CORE,
    )
    # Putting a part away and taking it back are told; when it is tried next is not.
    op.execute(
        "SELECT foundation.guard_table('foundation.plugin_quarantine', "
        "ignoring => '{wait_s,probe_at}')"
    )


def downgrade() -> None:
    for name in ("steps", "workers", "faults", "quarantine", "claims"):
        op.drop_table(f"plugin_{name}", schema=CORE)
