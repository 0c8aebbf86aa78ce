"""How a session was proved, when a token was warned of, and what plugins may give to roles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "foundation_3d10e4a1"
down_revision = "foundation_2d03b8e5"
branch_labels = None
depends_on = None

CORE = "foundation"
Time = sa.DateTime(timezone=True)
Texts = postgresql.ARRAY(sa.Text)


def upgrade() -> None:
    for column in (
        sa.Column("acr", sa.Text, nullable=False, server_default=""),
        sa.Column("amr", Texts, nullable=False, server_default="{}"),
        sa.Column("mfa", sa.Boolean, nullable=False, server_default=sa.false()),
    ):
        op.add_column("sessions", column, schema=CORE)
    op.add_column("api_tokens", sa.Column("warned_days", sa.Integer), schema=CORE)
    op.create_table(
        "plugin_rights",
        sa.Column("permission", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("permission", "role", name=op.f("pk_plugin_rights")),
        sa.CheckConstraint("role IN ('viewer', 'operator')", name=op.f("ck_plugin_rights_role")),
        schema=CORE,
    )
    op.create_table(
        "rights_settled",
        sa.Column("one", sa.Boolean, nullable=False),
        sa.Column("settled_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_rights_settled")),
        sa.CheckConstraint("one", name=op.f("ck_rights_settled_one")),
        schema=CORE,
    )
    op.execute("SELECT foundation.guard_table('foundation.plugin_rights')")


def downgrade() -> None:
    op.drop_table("rights_settled", schema=CORE)
    op.drop_table("plugin_rights", schema=CORE)
    op.drop_column("api_tokens", "warned_days", schema=CORE)
    for column in ("mfa", "amr", "acr"):
        op.drop_column("sessions", column, schema=CORE)
