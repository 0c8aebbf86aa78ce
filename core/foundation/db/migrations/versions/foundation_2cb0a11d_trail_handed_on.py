"""Where the audit trail is handed on to, its external time stamps, and how long details stay."""

import sqlalchemy as sa
from alembic import op

revision = "foundation_2cb0a11d"
down_revision = "foundation_2d11e0a5"
branch_labels = None
depends_on = None
one_way = "taking it back would drop the places up to which the trail was handed on"

CORE = "foundation"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("event_types", sa.Column("retention", sa.Text), schema=CORE)
    op.create_table(
        "audit_sinks",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("next_leaf", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("paused_until", Time),
        sa.Column("held_by", sa.Uuid),
        sa.Column("held_until", Time),
        sa.Column("sent_at", Time),
        sa.Column("last_error", sa.Text),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_audit_sinks")),
        schema=CORE,
    )
    op.create_table(
        "audit_stamps",
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("tree_size", sa.BigInteger, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("stamped_at", Time, nullable=False),
        sa.Column("response", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("epoch", "tree_size", "authority", name=op.f("pk_audit_stamps")),
        schema=CORE,
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON foundation.audit_stamps"
        " FOR EACH ROW EXECUTE FUNCTION foundation.audit_refuse_rewrite()"
    )
    op.execute("ALTER TABLE foundation.audit_stamps ENABLE ALWAYS TRIGGER append_only")
    _indexes()


def _indexes() -> None:
    """Add indexes that cost next to nothing when an event is recorded.

    Request ids rise with the time, so a BRIN will do; the others hold few of all rows.
    """
    newest = [sa.text("occurred_at DESC"), sa.text("event_id DESC")]
    op.create_index(
        "ix_audit_log_request_id",
        "audit_log",
        ["request_id"],
        schema=CORE,
        postgresql_using="brin",
        postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
    )
    for name, rare in (
        ("project_id", "project_id IS NOT NULL"),
        ("outcome", "outcome <> 'success'"),
    ):
        op.create_index(
            f"ix_audit_log_{name}",
            "audit_log",
            [name, *newest],
            schema=CORE,
            postgresql_where=sa.text(rare),
        )
