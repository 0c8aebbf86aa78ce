"""Questions about runs that have been asked for: lists, attempts, logs, what was left behind."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.builtin.runs.schemas import RunQuery, StatisticsQuery
from foundation.db.page import keyset
from foundation.runs.models import Artefact, Attempt, LogChunk, Run, Schedule

_BADLY = Run.state.in_(("failed", "lost"))


async def page_of_runs(
    db: AsyncSession,
    query: RunQuery,
    *,
    since: datetime | None = None,
    projects: frozenset[UUID] | None = None,
) -> tuple[list[tuple[Run, dict[str, Any] | None]], str | None]:
    """Return a page of runs, newest first, each with the progress of its newest attempt.

    With *since* those that have ended since. Of runs that belong to a project, those of
    *projects*; None is every one.
    """
    asked: Select[Any] = _filtered(select(Run, Attempt.progress), query).outerjoin(
        Attempt, and_(Attempt.run_id == Run.id, Attempt.number == Run.attempt)
    )
    if since is not None:
        asked = asked.where(Run.finished_at >= since)
    asked = _seen(asked, projects)
    rows, following = await keyset(
        db,
        asked,
        by=(Run.created_at, Run.id),
        descending=True,
        limit=query.limit,
        cursor=query.cursor,
    )
    return [(row[0], row[1]) for row in rows], following


def _filtered(asked: Select[Any], query: RunQuery) -> Select[Any]:
    asked = _narrowed(asked, query, ("state", "kind", "plugin", "project_id", "schedule_id"))
    if query.open is not None:
        unfinished = Run.finished_at.is_(None)
        asked = asked.where(unfinished if query.open else ~unfinished)
    if query.failed is not None:
        asked = asked.where(_BADLY if query.failed else ~_BADLY)
    return asked


def _seen(
    asked: Select[Any], projects: frozenset[UUID] | None, *, of: type[Run | Schedule] = Run
) -> Select[Any]:
    if projects is None:
        return asked
    return asked.where(or_(of.project_id.is_(None), of.project_id.in_(projects)))


async def by_day(
    db: AsyncSession, query: StatisticsQuery, *, first: date, projects: frozenset[UUID] | None
) -> list[Any]:  # rows: a day, counts, times
    """Return what became of the runs asked for since *first*, by the day of their asking.

    Of runs that belong to a project, those of *projects*; None is every one.
    """
    day = func.date(func.timezone(query.zone, Run.created_at)).label("day")
    took = func.extract("epoch", Run.finished_at - Run.started_at)
    worked = Run.state == "succeeded"
    asked = select(
        day,
        func.count().filter(worked).label("succeeded"),
        func.count().filter(_BADLY).label("failed"),
        func.count().filter(Run.state == "cancelled").label("cancelled"),
        func.count().filter(Run.finished_at.is_(None)).label("open"),
        func.percentile_cont(0.5).within_group(took).filter(worked).label("median_s"),
        func.max(took).filter(worked).label("longest_s"),
    )
    # A day more by the index, whatever the zone; then exactly, by the zone's own days.
    near = Run.created_at >= datetime.combine(first, time(), UTC) - timedelta(days=1)
    asked = _seen(asked.where(near, day >= first), projects)
    asked = _narrowed(asked, query, ("kind", "plugin", "project_id"))
    return list(await db.execute(asked.group_by(day).order_by(day)))


def _narrowed(asked: Select[Any], query: Any, names: tuple[str, ...]) -> Select[Any]:
    for name in names:
        wanted = getattr(query, name)
        if wanted is not None:
            asked = asked.where(getattr(Run, name) == wanted)
    return asked


async def attempts(db: AsyncSession, run_id: UUID) -> list[Attempt]:
    """Return the attempts of a run, oldest first."""
    rows = select(Attempt).where(Attempt.run_id == run_id).order_by(Attempt.number)
    return list(await db.scalars(rows))


async def artefacts(db: AsyncSession, run_id: UUID) -> list[Any]:  # rows of ArtefactView's columns
    """Return what a run left behind, without the content."""
    a = Artefact
    columns = (a.id, a.attempt, a.name, a.media_type, a.size, a.created_at)
    return list(await db.execute(select(*columns).where(a.run_id == run_id).order_by(a.id)))


async def artefact(db: AsyncSession, run_id: UUID, id: UUID) -> Artefact | None:
    """Return one file with its content."""
    found: Artefact | None = await db.scalar(
        select(Artefact).where(Artefact.run_id == run_id, Artefact.id == id)
    )
    return found


async def chunks(
    db: AsyncSession, run_id: UUID, *, attempt: int, after: int, limit: int
) -> list[LogChunk]:
    """Return at most *limit* chunks of a log after chunk *after*."""
    rows = (
        select(LogChunk)
        .where(LogChunk.run_id == run_id, LogChunk.attempt == attempt, LogChunk.n > after)
        .order_by(LogChunk.n)
        .limit(limit)
    )
    return list(await db.scalars(rows))


async def last_chunks(
    db: AsyncSession, run_id: UUID, *, attempt: int, count: int
) -> list[LogChunk]:
    """Return the last *count* chunks of a log, in their order."""
    rows = (
        select(LogChunk)
        .where(LogChunk.run_id == run_id, LogChunk.attempt == attempt)
        .order_by(LogChunk.n.desc())
        .limit(count)
    )
    return list(await db.scalars(rows))[::-1]


async def schedules(
    db: AsyncSession,
    *,
    project_id: UUID | None = None,
    projects: frozenset[UUID] | None = None,
) -> list[Schedule]:
    """Return every schedule, the next to come first: of one project, or of what somebody sees."""
    asked = _seen(select(Schedule), projects, of=Schedule)
    if project_id is not None:
        asked = asked.where(Schedule.project_id == project_id)
    return list(await db.scalars(asked.order_by(Schedule.next_at, Schedule.id)))


async def schedule(db: AsyncSession, id: UUID) -> Schedule | None:
    """Return one schedule, locked."""
    found: Schedule | None = await db.scalar(
        select(Schedule).where(Schedule.id == id).with_for_update()
    )
    return found


async def count_open(
    db: AsyncSession,
    *,
    project_id: UUID | None = None,
    projects: frozenset[UUID] | None = None,
) -> int:
    """Return how many runs have not ended: of one project, or of what somebody sees."""
    asked = _seen(select(func.count()).where(Run.finished_at.is_(None)), projects)
    if project_id is not None:
        asked = asked.where(Run.project_id == project_id)
    return await db.scalar(asked) or 0


async def any_run(db: AsyncSession) -> bool:
    """Tell whether anything ever ran."""
    return await db.scalar(select(Run.id).limit(1)) is not None


async def ended_badly(
    db: AsyncSession, *, since: datetime, limit: int, projects: frozenset[UUID] | None
) -> list[Run]:
    """Return the newest runs that failed or were lost since then, of what somebody sees."""
    bad = select(Run).where(_BADLY, Run.finished_at >= since)
    newest = _seen(bad, projects).order_by(Run.finished_at.desc(), Run.id.desc())
    return list(await db.scalars(newest.limit(limit)))
