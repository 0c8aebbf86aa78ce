"""The trail by months, and the tree over it that proves it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "foundation_2c5ea1ed"
down_revision = "foundation_2c5e11a7"
branch_labels = None
depends_on = None
one_way = "taking it back would drop the proofs of the audit trail"

CORE = "foundation"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("event_types", sa.Column("schema_hash", sa.Text), schema=CORE)
    _set_aside()
    _audit_log()
    _tree()
    for statement in (*MONTHS, *GUARDS):
        op.execute(statement)
    op.execute(FILL)
    op.execute("DROP TABLE foundation.audit_log_before")
    for statement in PENDING:
        op.execute(statement)


def _set_aside() -> None:
    op.execute("DROP TRIGGER mark_audited ON foundation.audit_log")
    op.execute("DROP TRIGGER append_only ON foundation.audit_log")
    op.execute("DROP TRIGGER no_truncate ON foundation.audit_log")
    op.execute("ALTER TABLE foundation.audit_log RENAME TO audit_log_before")
    op.execute("ALTER INDEX foundation.pk_audit_log RENAME TO pk_audit_log_before")
    for name in ("occurred_at", "type", "actor_id", "target"):
        op.drop_index(f"ix_audit_log_{name}", "audit_log_before", schema=CORE)


def _audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", Time, nullable=False),
        sa.Column("recorded_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("format", sa.SmallInteger, nullable=False, server_default="0"),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("type_version", sa.Integer, nullable=False),
        sa.Column("plugin", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("actor_type", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("session_ref", sa.Uuid),
        sa.Column("target_type", sa.Text),
        sa.Column("target_id", sa.Text),
        sa.Column("target_title", sa.Text),
        sa.Column("project_id", sa.Uuid),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("run_id", sa.Uuid),
        sa.Column("app_version", sa.Text, nullable=False),
        sa.Column("writer_id", sa.Text, nullable=False, server_default=""),
        sa.Column("detail", postgresql.JSONB, server_default=sa.text("'{}'")),
        sa.Column("detail_salt", sa.LargeBinary),
        sa.Column("detail_hash", sa.LargeBinary),
        sa.Column("leaf_hash", sa.LargeBinary),
        sa.Column("mac", sa.LargeBinary),
        sa.Column("mac_key_id", sa.Text),
        sa.PrimaryKeyConstraint("occurred_at", "event_id", name=op.f("pk_audit_log")),
        schema=CORE,
        postgresql_partition_by="RANGE (occurred_at)",
    )
    newest = [sa.text("occurred_at DESC"), sa.text("event_id DESC")]
    for name, first in (
        ("type", ["type"]),
        ("actor_id", ["actor_id"]),
        ("target", ["target_type", "target_id"]),
    ):
        op.create_index(f"ix_audit_log_{name}", "audit_log", [*first, *newest], schema=CORE)


def _tree() -> None:
    op.create_table(
        "audit_pending",
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", Time, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_audit_pending")),
        schema=CORE,
    )
    op.create_table(
        "audit_epochs",
        sa.Column("epoch", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("former_note", sa.Text),
        sa.Column("opened_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_audit_epochs")),
        schema=CORE,
    )
    op.create_table(
        "audit_leaves",
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("leaf_index", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", Time, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("epoch", "leaf_index", name=op.f("pk_audit_leaves")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_leaves_event_id")),
        schema=CORE,
    )
    op.create_table(
        "audit_tiles",
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("level", sa.SmallInteger, nullable=False),
        sa.Column("idx", sa.BigInteger, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("epoch", "level", "idx", name=op.f("pk_audit_tiles")),
        sa.CheckConstraint(
            "length(hashes) % 32 = 0 AND length(hashes) BETWEEN 32 AND 8192",
            name=op.f("ck_audit_tiles_width"),
        ),
        schema=CORE,
    )
    op.create_table(
        "audit_checkpoints",
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("tree_size", sa.BigInteger, nullable=False),
        sa.Column("prev_size", sa.BigInteger, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.Column("committed_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("note", sa.Text),
        sa.Column("signed_at", Time),
        sa.PrimaryKeyConstraint("epoch", "tree_size", name=op.f("pk_audit_checkpoints")),
        # The fence: of two that extend one head, the second meets this.
        sa.UniqueConstraint(
            "epoch", "prev_size", name=op.f("uq_audit_checkpoints_epoch_prev_size")
        ),
        schema=CORE,
    )
    op.create_index(
        "ix_audit_checkpoints_unsigned",
        "audit_checkpoints",
        ["epoch", "tree_size"],
        schema=CORE,
        postgresql_where=sa.text("note IS NULL"),
    )


# Made apart and then attached: CREATE TABLE ... PARTITION OF would lock the whole trail.
MONTHS = (
    """
    CREATE FUNCTION foundation.audit_add_month(day date) RETURNS text
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
        starts constant timestamptz := date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
        ends constant timestamptz :=
            (date_trunc('month', day::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
        part constant text := 'audit_log_p' || to_char(day, 'YYYY_MM');
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('foundation.audit_add_month'));
        IF to_regclass(format('foundation.%I', part)) IS NOT NULL THEN
            RETURN NULL;
        END IF;
        EXECUTE format('CREATE TABLE foundation.%I '
                       '(LIKE foundation.audit_log INCLUDING DEFAULTS)', part);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON foundation.%I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION foundation.refuse_change()', part);
        EXECUTE format('ALTER TABLE foundation.%I ENABLE ALWAYS TRIGGER no_truncate', part);
        EXECUTE format('ALTER TABLE foundation.audit_log ATTACH PARTITION foundation.%I '
                       'FOR VALUES FROM (%L) TO (%L)', part, starts, ends);
        EXECUTE format('ALTER TABLE foundation.%I ENABLE ALWAYS TRIGGER append_only', part);
        RETURN part;
    END $$
    """,
    """
    CREATE FUNCTION foundation.audit_add_months(first date, ahead int) RETURNS int
    LANGUAGE sql SET search_path = '' AS $$
        SELECT count(foundation.audit_add_month(day::date))::int
        FROM generate_series(date_trunc('month', first::timestamp),
                             (now() AT TIME ZONE 'UTC') + make_interval(months => ahead),
                             interval '1 month') AS day
    $$
    """,
    """
    CREATE FUNCTION foundation.audit_days_ahead() RETURNS int
    LANGUAGE sql STABLE SET search_path = '' AS $$
        SELECT coalesce(max(to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::date
                        - (now() AT TIME ZONE 'UTC')::date, 0)
        FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'foundation.audit_log'::regclass
    $$
    """,
)

GUARDS = (
    # An erasure takes what may name a person, and nothing else; every other change is refused.
    """
    CREATE FUNCTION foundation.audit_refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.detail IS NOT NULL AND OLD.detail_hash IS NOT NULL
           AND NEW.detail IS NULL AND NEW.detail_salt IS NULL AND NEW.actor_name = ''
           AND NEW.target_title IS NULL AND NEW.reason IS NULL
           AND to_jsonb(NEW) - '{detail,detail_salt,actor_name,target_title,reason}'::text[]
             = to_jsonb(OLD) - '{detail,detail_salt,actor_name,target_title,reason}'::text[]
           AND current_setting('foundation.audited', true) = pg_current_xact_id()::text
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'FND02',
            MESSAGE = format('%s of %I.%I is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME);
    END $$
    """,
    """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON foundation.audit_log
    FOR EACH ROW EXECUTE FUNCTION foundation.audit_refuse_change()
    """,
    "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER append_only",
    """
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON foundation.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.refuse_change()
    """,
    "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER no_truncate",
    # A tile only grows, and a head only gets its signature, once.
    """
    CREATE FUNCTION foundation.audit_refuse_rewrite() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_tiles' THEN
            IF (NEW.epoch, NEW.level, NEW.idx) = (OLD.epoch, OLD.level, OLD.idx)
               AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes THEN
                RETURN NEW;
            END IF;
        ELSIF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_checkpoints' THEN
            IF OLD.note IS NULL AND to_jsonb(NEW) - '{note,signed_at}'::text[]
                                  = to_jsonb(OLD) - '{note,signed_at}'::text[] THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'FND02',
            MESSAGE = format('%s of %I.%I is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME);
    END $$
    """,
    """
    DO $$
    DECLARE name text;
    BEGIN
        FOREACH name IN ARRAY
            '{audit_leaves,audit_tiles,audit_checkpoints,audit_epochs}'::text[]
        LOOP
            EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON foundation.%I '
                           'FOR EACH ROW EXECUTE FUNCTION foundation.audit_refuse_rewrite()', name);
            EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON foundation.%I '
                           'FOR EACH STATEMENT EXECUTE FUNCTION foundation.refuse_change()', name);
            EXECUTE format('ALTER TABLE foundation.%I ENABLE ALWAYS TRIGGER append_only', name);
            EXECUTE format('ALTER TABLE foundation.%I ENABLE ALWAYS TRIGGER no_truncate', name);
        END LOOP;
    END $$
    """,
)

# What was there before keeps its place, as format 0: kept, and never proved.
FILL = """
    DO $$
    BEGIN
        PERFORM foundation.audit_add_months(
            (SELECT least(min(occurred_at), now() - interval '1 month')
             FROM foundation.audit_log_before)::date, 3);
        INSERT INTO foundation.audit_log (event_id, occurred_at, recorded_at, type, type_version,
            plugin, severity, actor_type, actor_id, actor_name, session_ref, target_type,
            target_id, target_title, project_id, outcome, reason, request_id, app_version, detail)
        SELECT event_id, occurred_at, recorded_at, type, type_version,
            plugin, severity, actor_type, actor_id, actor_name, session_ref, target_type,
            target_id, target_title, project_id, outcome, reason, request_id, app_version, detail
        FROM foundation.audit_log_before;
    END $$
"""

# In the trigger and not in the application: whoever adds a row, it is noted for the tree.
PENDING = (
    """
    CREATE OR REPLACE FUNCTION foundation.mark_audited() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        INSERT INTO foundation.audit_pending (event_id, occurred_at, leaf_hash)
        SELECT event_id, occurred_at, leaf_hash FROM added;
        IF FOUND THEN
            PERFORM set_config('foundation.audited', pg_current_xact_id()::text, true);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER mark_audited AFTER INSERT ON foundation.audit_log
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.mark_audited()
    """,
    "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER mark_audited",
)
