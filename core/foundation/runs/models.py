"""Tables of runs: what was asked for, how each attempt went, what it said and left behind."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from foundation.audit.guard import UNAUDITED
from foundation.db.model import CoreBase
from foundation.ids import uuid7

_TOLD = {"info": {UNAUDITED: "the moves of its run are audited"}}


class Run(CoreBase):
    """One execution of a job; *state* moves only as `foundation.runs.states` says."""

    __tablename__ = "runs"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str]
    kind_version: Mapped[int]
    plugin: Mapped[str]
    project_id: Mapped[UUID | None]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="queued")
    params: Mapped[dict[str, Any]]
    idempotency_key: Mapped[str | None]
    queue: Mapped[str] = mapped_column(server_default="default")
    priority: Mapped[int] = mapped_column(server_default="0")
    concurrency_key: Mapped[str | None]
    concurrency_limit: Mapped[int] = mapped_column(server_default="1")
    attempt: Mapped[int] = mapped_column(server_default="0")
    failures: Mapped[int] = mapped_column(server_default="0")
    drains: Mapped[int] = mapped_column(server_default="0")
    max_attempts: Mapped[int] = mapped_column(server_default="1")
    on_crash: Mapped[str] = mapped_column(server_default="fail")
    fence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    not_before: Mapped[datetime | None]
    timeout_s: Mapped[int] = mapped_column(server_default="3600")
    cancel_requested_at: Mapped[datetime | None]
    cancel_requested_by: Mapped[UUID | None]
    cancel_reason: Mapped[str | None]
    waits: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
    delivery_ref: Mapped[int | None] = mapped_column(BigInteger)
    delivered_at: Mapped[datetime] = mapped_column(server_default=func.now())
    requested_by: Mapped[UUID | None]
    requested_name: Mapped[str] = mapped_column(server_default="")
    schedule_id: Mapped[UUID | None]
    due_at: Mapped[datetime | None]
    parent_run_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("kind", "idempotency_key", name="uq_runs_kind_idempotency_key"),
        UniqueConstraint("schedule_id", "due_at", name="uq_runs_schedule_id_due_at"),
    )


_OPEN = text("finished_at IS NULL")
Index("ix_runs_created_at", Run.created_at.desc(), Run.id.desc())
Index("ix_runs_open", Run.state, Run.delivered_at, postgresql_where=_OPEN)
Index("ix_runs_concurrency_key", Run.concurrency_key, postgresql_where=_OPEN)
Index("ix_runs_project_id", Run.project_id, Run.created_at.desc())


class Attempt(CoreBase):
    """One try of a run by one worker."""

    __tablename__ = "run_attempts"
    __table_args__ = (UniqueConstraint("fence", name="uq_run_attempts_fence"), _TOLD)

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    fence: Mapped[int] = mapped_column(BigInteger)
    worker_id: Mapped[UUID]
    external_ref: Mapped[str | None]
    outcome: Mapped[str | None]
    exit: Mapped[str | None]
    progress: Mapped[dict[str, Any] | None]
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]


class LogChunk(CoreBase):
    """Some lines of an attempt's log, packed with zlib: never a row for each line."""

    __tablename__ = "run_log_chunks"
    __table_args__ = (_TOLD,)

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    lines: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Mark(CoreBase):
    """A point of a run from which a later attempt goes on."""

    __tablename__ = "run_marks"
    __table_args__ = (_TOLD,)

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any]]


class Artefact(CoreBase):
    """A small file that an attempt left behind, kept in its row."""

    __tablename__ = "run_artefacts"
    __table_args__ = (
        UniqueConstraint("run_id", "attempt", "name", name="uq_run_artefacts_run_id_attempt_name"),
        _TOLD,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    run_id: Mapped[UUID]
    attempt: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Schedule(CoreBase):
    """When a job is run by the clock: five fields and a zone; *problem* is why it was stopped."""

    __tablename__ = "run_schedules"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str]
    project_id: Mapped[UUID | None]
    params: Mapped[dict[str, Any]]
    cron: Mapped[str]
    zone: Mapped[str]
    overlap: Mapped[str] = mapped_column(server_default="skip")
    catch_up: Mapped[str] = mapped_column(server_default="last")
    enabled: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    problem: Mapped[str | None]
    next_at: Mapped[datetime]
    owner_id: Mapped[UUID | None]
    owner_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


Index("ix_run_schedules_next_at", Schedule.next_at, postgresql_where=text("enabled"))


class WorkerRow(CoreBase):
    """A worker process since its boot; its *heartbeat_at* is the database's time."""

    __tablename__ = "run_workers"
    __table_args__ = (_TOLD,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    version: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    queues: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    slots: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    heartbeat_at: Mapped[datetime] = mapped_column(server_default=func.now())
    draining: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
