"""Runs, their moves, and the engine that delivers them."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "foundation_2c9a41f0"
down_revision = "foundation_2c91e7a4"
branch_labels = None
depends_on = None
one_way = "taking it back would drop the runs that are under way"

CORE = "foundation"
Time = sa.DateTime(timezone=True)
NOW = sa.func.now()
ENGINE = Path(__file__).parents[1] / "procrastinate_3_10_0.sql"
"""The engine's schema as it was released: a newer engine is a revision of its own."""


def upgrade() -> None:
    _runs()
    _attempts()
    _leavings()
    _schedules()
    for statement in (*MOVES, *AUDIT):
        op.execute(statement)
    op.execute("CREATE SCHEMA procrastinate")
    _script("SET LOCAL search_path = procrastinate;\n" + ENGINE.read_text("utf-8"))
    op.execute("SET LOCAL search_path = ''")
    for statement in DELIVERY:
        op.execute(statement)


def _script(sql: str) -> None:
    """Run many statements at once, which the driver does only without parameters."""
    connection: Any = (
        op.get_bind().connection.dbapi_connection
    )  # the driver's, as SQLAlchemy adapts it
    connection.run_async(lambda driver: driver.execute(sql))


def _id(name: str, *, nullable: bool = False) -> sa.Column[Any]:  # of a type that SQLAlchemy knows
    return sa.Column(name, sa.Uuid, nullable=nullable)


def _text(
    name: str, default: str | None = None, *, nullable: bool = False
) -> sa.Column[Any]:  # of a type that SQLAlchemy knows
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def _int(
    name: str, default: str | None = None, *, nullable: bool = False
) -> sa.Column[Any]:  # of a type that SQLAlchemy knows
    return sa.Column(name, sa.Integer, nullable=nullable, server_default=default)


def _big(
    name: str, default: str | None = None, *, nullable: bool = False
) -> sa.Column[Any]:  # of a type that SQLAlchemy knows
    return sa.Column(name, sa.BigInteger, nullable=nullable, server_default=default)


def _json(
    name: str, *, nullable: bool = False
) -> sa.Column[Any]:  # of a type that SQLAlchemy knows
    return sa.Column(name, postgresql.JSONB, nullable=nullable)


def _time(name: str, *, now: bool = False) -> sa.Column[Any]:  # of a type that SQLAlchemy knows
    return sa.Column(name, Time, nullable=not now, server_default=NOW if now else None)


def _runs() -> None:
    op.create_table(
        "runs",
        _id("id"),
        *(_text("kind"), _int("kind_version"), _text("plugin"), _id("project_id", nullable=True)),
        *(_text("title"), _text("state", "queued"), _json("params")),
        _text("idempotency_key", nullable=True),
        *(_text("queue", "default"), _int("priority", "0")),
        *(_text("concurrency_key", nullable=True), _int("concurrency_limit", "1")),
        *(_int("attempt", "0"), _int("failures", "0"), _int("drains", "0")),
        *(_int("max_attempts", "1"), _text("on_crash", "fail"), _big("fence", "0")),
        *(_time("not_before"), _int("timeout_s", "3600"), _time("cancel_requested_at")),
        *(_id("cancel_requested_by", nullable=True), _text("cancel_reason", nullable=True)),
        _text("waits", nullable=True),
        *(_json("result", nullable=True), _json("error", nullable=True)),
        *(_big("delivery_ref", nullable=True), _time("delivered_at", now=True)),
        *(_id("requested_by", nullable=True), _text("requested_name", "")),
        *(_id("schedule_id", nullable=True), _time("due_at"), _id("parent_run_id", nullable=True)),
        *(_time("created_at", now=True), _time("started_at"), _time("finished_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("kind", "idempotency_key", name=op.f("uq_runs_kind_idempotency_key")),
        sa.UniqueConstraint("schedule_id", "due_at", name=op.f("uq_runs_schedule_id_due_at")),
        schema=CORE,
    )
    newest = sa.text("created_at DESC")
    is_open = sa.text("finished_at IS NULL")
    indexes: tuple[tuple[str, list[Any], Any], ...] = (  # names and expressions
        ("created_at", [newest, sa.text("id DESC")], None),
        ("open", ["state", "delivered_at"], is_open),
        ("concurrency_key", ["concurrency_key"], is_open),
        ("project_id", ["project_id", newest], None),
    )
    for name, columns, where in indexes:
        op.create_index(f"ix_runs_{name}", "runs", columns, schema=CORE, postgresql_where=where)
    op.execute("CREATE SEQUENCE foundation.run_fence")


def _attempts() -> None:
    op.create_table(
        "run_attempts",
        *(_id("run_id"), _int("number"), _big("fence"), _id("worker_id")),
        _text("external_ref", nullable=True),
        *(_text("outcome", nullable=True), _text("exit", nullable=True)),
        _json("progress", nullable=True),
        *(_time("seen_at", now=True), _time("started_at", now=True), _time("finished_at")),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_run_attempts")),
        sa.UniqueConstraint("fence", name=op.f("uq_run_attempts_fence")),
        schema=CORE,
    )
    op.create_table(
        "run_workers",
        *(_id("id"), _text("host"), _int("pid"), _text("version")),
        sa.Column("kinds", postgresql.ARRAY(postgresql.TEXT), nullable=False),
        sa.Column("queues", postgresql.ARRAY(postgresql.TEXT), nullable=False),
        *(_int("slots"), _time("started_at", now=True), _time("heartbeat_at", now=True)),
        sa.Column("draining", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_workers")),
        schema=CORE,
    )


def _leavings() -> None:
    op.create_table(
        "run_log_chunks",
        *(_id("run_id"), _int("attempt"), _int("n")),
        sa.Column("first_at", Time, nullable=False),
        sa.Column("last_at", Time, nullable=False),
        _int("lines"),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "attempt", "n", name=op.f("pk_run_log_chunks")),
        schema=CORE,
    )
    op.create_table(
        "run_marks",
        *(_id("run_id"), _text("key"), _json("data")),
        sa.PrimaryKeyConstraint("run_id", "key", name=op.f("pk_run_marks")),
        schema=CORE,
    )
    op.create_table(
        "run_artefacts",
        *(_id("id"), _id("run_id"), _int("attempt"), _text("name"), _text("media_type")),
        _int("size"),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        _time("created_at", now=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_artefacts")),
        sa.UniqueConstraint(
            "run_id", "attempt", "name", name=op.f("uq_run_artefacts_run_id_attempt_name")
        ),
        schema=CORE,
    )


def _schedules() -> None:
    op.create_table(
        "run_schedules",
        *(_id("id"), _text("kind"), _json("params"), _text("cron"), _text("zone")),
        *(_text("overlap", "skip"), _text("catch_up", "last")),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("next_at", Time, nullable=False),
        *(_id("owner_id", nullable=True), _text("owner_name", ""), _time("created_at", now=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_schedules")),
        schema=CORE,
    )
    op.create_index(
        "ix_run_schedules_next_at",
        "run_schedules",
        ["next_at"],
        schema=CORE,
        postgresql_where=sa.text("enabled"),
    )


MOVES = (
    """
    CREATE FUNCTION foundation.run_moves() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'queued' THEN
                RAISE EXCEPTION USING ERRCODE = 'FND03',
                    MESSAGE = format('a run begins as queued, not %s', NEW.state);
            END IF;
            RETURN NEW;
        END IF;
        IF NEW.fence < OLD.fence OR NEW.attempt < OLD.attempt THEN
            RAISE EXCEPTION USING ERRCODE = 'FND03', MESSAGE = 'the fence of a run only rises';
        END IF;
        IF OLD.state <> NEW.state THEN
            IF NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
                'queued>running', 'queued>cancelled',
                'running>succeeded', 'running>failed', 'running>queued', 'running>lost',
                'running>cancelling',
                'cancelling>cancelled', 'cancelling>succeeded', 'cancelling>failed']) THEN
                RAISE EXCEPTION USING ERRCODE = 'FND03',
                    MESSAGE = format('a run does not go from %s to %s', OLD.state, NEW.state);
            END IF;
            PERFORM pg_notify('foundation_runs', NEW.id || ' ' || NEW.state);
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER moves BEFORE INSERT OR UPDATE ON foundation.runs
    FOR EACH ROW EXECUTE FUNCTION foundation.run_moves()
    """,
)

AUDIT = (
    "SELECT foundation.guard_table('foundation.runs', watching => '{state}')",
    """
    CREATE CONSTRAINT TRIGGER audited_rows AFTER INSERT OR DELETE ON foundation.runs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION foundation.require_audit()
    """,
    "SELECT foundation.guard_table('foundation.run_schedules')",
)

# The engine's SQL names no schema, so these two set its search path.
DELIVERY = (
    """
    CREATE FUNCTION foundation.run_deliver(
        run uuid, attempt integer, queue text, priority integer, at timestamptz
    ) RETURNS bigint LANGUAGE sql SET search_path = procrastinate, pg_temp AS $$
        SELECT (procrastinate_defer_jobs_v1(ARRAY[ROW(
            queue, 'foundation.execute', priority, NULL, NULL,
            jsonb_build_object('run', run, 'attempt', attempt), at
        )::procrastinate_job_to_defer_v1]))[1]
    $$
    """,
    """
    CREATE FUNCTION foundation.run_withdraw(ref bigint)
    RETURNS bigint LANGUAGE sql SET search_path = procrastinate, pg_temp AS $$
        SELECT procrastinate_cancel_job_v1(ref, true, true)
    $$
    """,
    """
    CREATE FUNCTION foundation.run_is_delivered(ref bigint)
    RETURNS boolean LANGUAGE sql STABLE SET search_path = procrastinate, pg_temp AS $$
        SELECT EXISTS (SELECT FROM procrastinate_jobs
                       WHERE id = ref AND status IN ('todo', 'doing'))
    $$
    """,
)
