"""The moves of a run: each changes the state once, under its fence, with its event."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import Event, EventType
from foundation.runs import events
from foundation.runs.delivery import deliver
from foundation.runs.job import LeaseLost
from foundation.runs.models import Attempt, Run
from foundation.runs.states import BUSY, MAX_DRAINS, backoff

Record = Callable[[AsyncSession, Event], None]

ENDS = {
    "succeeded": events.SUCCEEDED,
    "failed": events.FAILED,
    "cancelled": events.CANCELLED,
    "lost": events.LOST,
}


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one attempt to write: void as soon as the run has another fence."""

    run_id: UUID
    attempt: int
    fence: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended.

    ``crash`` is a child that said nothing at its end, ``interrupted`` a worker that was told to
    stop, ``stopped`` a child that was ended because of a cancel or a timeout.
    """

    how: Literal["succeeded", "failed", "crash", "interrupted", "stopped"]
    result: Any = None  # JSON
    code: str = ""
    message: str = ""
    retryable: bool = False
    after: float | None = None
    exit: str | None = None


async def claim(
    db: AsyncSession, record: Record, *, run_id: UUID, attempt: int, worker_id: UUID
) -> Run | None:
    """Start the attempt after *attempt* and return the run with its new fence.

    None for a duplicate, which is dropped, and for a run whose concurrency key is taken: it is
    parked until a run of its key ends.
    """
    run = await _locked(db, run_id)
    if run is None or run.state != "queued" or run.attempt != attempt:
        return None
    if not await _has_room(db, run):
        run.waits = f"another run with the key {run.concurrency_key} is under way"
        run.delivery_ref = None
        return None
    run.fence = await db.scalar(text("SELECT nextval('foundation.run_fence')")) or 0
    run.state, run.attempt, run.waits = "running", run.attempt + 1, None
    run.started_at = func.now()
    db.add(Attempt(run_id=run.id, number=run.attempt, fence=run.fence, worker_id=worker_id))
    record(db, _event(events.STARTED, run))
    await db.flush()
    await db.refresh(run)
    return run


async def finish(db: AsyncSession, record: Record, *, lease: Lease, ending: Ending) -> str:
    """End the attempt of *lease* and return the run's new state; raises `LeaseLost`."""
    run = await _held(db, lease)
    await _end_attempt(db, run, outcome=ending.how, exit_=ending.exit)
    if ending.how == "succeeded":
        run.result = {"value": ending.result}
        await _end(db, record, run, "succeeded", Ending("succeeded"))
    elif run.state == "cancelling":
        timed_out = run.cancel_reason == "timeout"
        state: Literal["failed", "cancelled"] = "failed" if timed_out else "cancelled"
        late = Ending("failed", code="timeout", message=f"it took over {run.timeout_s} s")
        await _end(db, record, run, state, late if timed_out else ending)
    elif (wait := _again(run, ending)) is not None:
        await _put_back(db, record, run, ending, wait=wait)
    else:
        await _end(db, record, run, "failed", ending)
    return run.state


async def lose(db: AsyncSession, record: Record, *, run: Run) -> str:
    """Do what its job says for a run whose worker is dead, and return the new state."""
    dead = Ending("crash", code="worker_lost", message="its worker died", retryable=True)
    await _end_attempt(db, run, outcome="lost", exit_=None)
    if run.state == "cancelling":
        await _end(db, record, run, "cancelled", dead)
    elif run.on_crash == "fail":
        await _end(db, record, run, "lost", dead)
    elif (wait := _again(run, dead)) is not None:
        await _put_back(db, record, run, dead, wait=wait)
    else:
        await _end(db, record, run, "failed", dead)
    return run.state


async def begin_to_cancel(db: AsyncSession, record: Record, *, run: Run, reason: str) -> None:
    """Ask the attempt of *run*, which is running, to stop; its worker hears of it at once."""
    run.state, run.cancel_reason = "cancelling", reason
    run.cancel_requested_at = func.now()
    record(db, _event(events.CANCELLING, run, code=reason))


async def cancel_queued(db: AsyncSession, record: Record, *, run: Run) -> None:
    """End a run that no worker has taken yet."""
    run.cancel_requested_at = func.now()
    await _end(db, record, run, "cancelled", Ending("stopped"))


async def _locked(db: AsyncSession, run_id: UUID) -> Run | None:
    found: Run | None = await db.scalar(
        select(Run)
        .where(Run.id == run_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


async def _held(db: AsyncSession, lease: Lease) -> Run:
    run = await _locked(db, lease.run_id)
    if run is None or run.fence != lease.fence or run.state not in BUSY:
        raise LeaseLost(f"attempt {lease.attempt} of run {lease.run_id} is over")
    return run


async def _has_room(db: AsyncSession, run: Run) -> bool:
    """Tell whether another run with this key may run; the lock lasts until the commit."""
    if run.concurrency_key is None:
        return True
    key = f"{run.kind}:{run.concurrency_key}"
    await db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 7))"), {"key": key})
    busy = await db.scalar(
        select(func.count()).where(
            Run.kind == run.kind, Run.concurrency_key == run.concurrency_key, Run.state.in_(BUSY)
        )
    )
    return (busy or 0) < run.concurrency_limit


def _again(run: Run, ending: Ending) -> float | None:
    """Return the seconds to the next attempt, or None when there is none; counts the failure."""
    if ending.how == "interrupted":
        run.drains += 1
        return 0.0 if run.on_crash == "retry" and run.drains <= MAX_DRAINS else None
    run.failures += 1
    may = ending.retryable or (ending.how == "crash" and run.on_crash == "retry")
    if not may or run.failures >= run.max_attempts:
        return None
    return ending.after if ending.after is not None else backoff(run.failures)


async def _put_back(
    db: AsyncSession, record: Record, run: Run, ending: Ending, *, wait: float
) -> None:
    run.state, run.error = "queued", _error(ending)
    run.waits = ending.message or ending.how
    now: datetime = await db.scalar(select(func.now()))  # type: ignore[assignment]  # never NULL
    at = now + timedelta(seconds=wait) if wait else None
    run.not_before = at
    record(db, _event(events.REQUEUED, run, code=ending.code or ending.how))
    await db.flush()  # the delivery's columns are set beside the session
    await deliver(db, run, at=at)
    await deliver_next(db, run)


async def _end(
    db: AsyncSession,
    record: Record,
    run: Run,
    state: Literal["succeeded", "failed", "cancelled", "lost"],
    ending: Ending,
) -> None:
    run.state, run.finished_at, run.waits = state, func.now(), None
    run.error = None if state == "succeeded" else _error(ending)
    record(db, _event(ENDS[state], run, code=ending.code or ending.how))
    await db.flush()
    await deliver_next(db, run)


async def deliver_next(db: AsyncSession, run: Run) -> None:
    """Deliver the oldest parked run with the key of *run*, which makes room for it."""
    if run.concurrency_key is None:
        return
    parked = await db.scalar(
        select(Run)
        .where(
            Run.kind == run.kind,
            Run.concurrency_key == run.concurrency_key,
            Run.state == "queued",
            Run.delivery_ref.is_(None),
        )
        .order_by(Run.priority.desc(), Run.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if parked is not None:
        await deliver(db, parked)


async def _end_attempt(db: AsyncSession, run: Run, *, outcome: str, exit_: str | None) -> None:
    await db.execute(
        update(Attempt)
        .where(Attempt.run_id == run.id, Attempt.number == run.attempt)
        .values(outcome=outcome, exit=exit_, finished_at=func.now())
        .execution_options(synchronize_session=False)
    )


def _error(ending: Ending) -> dict[str, Any]:  # JSON
    return {
        "code": ending.code or ending.how,
        "message": ending.message[:2_000],
        "retryable": ending.retryable,
    }


def _event(type_: EventType, run: Run, code: str = "") -> Event:
    detail: dict[str, Any] = {"kind": run.kind, "attempt": run.attempt}
    if type_ in {events.STARTED, events.REQUESTED}:
        return type_(events.about(run.id, run.title), project_id=run.project_id, **detail)
    failed = type_ in {events.FAILED, events.LOST}
    return type_(
        events.about(run.id, run.title),
        outcome="failure" if failed else "success",
        project_id=run.project_id,
        code=code,
        **detail,
    )
