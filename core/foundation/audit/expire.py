"""Details over their time: what may name a person goes, the envelope and its proof stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, column, func, select, table, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.models import AuditRow
from foundation.audit.months import add_months
from foundation.audit.own import EXPIRED, TRAIL_EVENTS
from foundation.audit.record import Recorder
from foundation.audit.row import spelled
from foundation.db.engine import Database

DAYS = {"short": 30, "normal": 400}
BATCH = 2_000

# The ledger of plugins writes this table in a layer above, so only its shape is known here.
_TYPES = table(
    "event_types", column("name"), column("version"), column("retention"), schema="foundation"
)


@dataclass(frozen=True, slots=True)
class Expiry:
    """Details of one type that are over their time: those of events before *before*."""

    type: str
    before: datetime
    rows: int


async def due(database: Database, *, now: datetime) -> list[Expiry]:
    """Return what is over its time, by type; whole months at a time."""
    found = list[Expiry]()
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL statement_timeout = 0"))
        kept = await _retentions(db)
        for retention, days in DAYS.items():
            before = add_months(now - timedelta(days=days), 0)
            counted = (
                select(AuditRow.type, func.count())
                .where(AuditRow.occurred_at < before, *_erasable())
                .group_by(AuditRow.type)
                .order_by(AuditRow.type)
            )
            for type_, rows in await db.execute(counted):
                if kept.get(type_, "normal") == retention:
                    found.append(Expiry(type_, before, rows))
    return found


async def expire(database: Database, recorder: Recorder, *, wanted: Sequence[Expiry]) -> int:
    """Take the details *wanted* away, each batch with its event; returns how many."""
    done = 0
    for each in wanted:
        while taken := await _batch(database, recorder, each):
            done += taken
            if taken < BATCH:
                break
    return done


async def _batch(database: Database, recorder: Recorder, wanted: Expiry) -> int:
    key = (AuditRow.occurred_at, AuditRow.event_id)
    some = (
        select(*key)
        .where(AuditRow.type == wanted.type, AuditRow.occurred_at < wanted.before, *_erasable())
        .order_by(*key)
        .limit(BATCH)
    )
    async with database.transaction() as db:
        rows = (await db.execute(some)).all()
        if not rows:
            return 0
        before = str(spelled(wanted.before))
        source = Source(Actor("system", name="foundation audit"), "audit", str(ids.uuid7()))
        recorder.record(db, EXPIRED(type=wanted.type, before=before, rows=len(rows)), source)
        await db.flush()  # the trigger lets details go beside an event alone
        await db.execute(
            update(AuditRow)
            .where(tuple_(*key).in_([(at, id) for at, id in rows]))
            .values(detail=None, detail_salt=None, actor_name="", target_title=None, reason=None)
            .execution_options(synchronize_session=False)
        )
    return len(rows)


def _erasable() -> tuple[ColumnElement[bool], ...]:
    return AuditRow.detail.is_not(None), AuditRow.format > 0


async def _retentions(db: AsyncSession) -> dict[str, str]:
    """Return how long details of each type stay; the newest version of a type decides."""
    asked = select(_TYPES.c.name, _TYPES.c.retention).order_by(_TYPES.c.name, _TYPES.c.version)
    found = {name: retention or "normal" for name, retention in await db.execute(asked)}
    return found | {each.name: each.retention for each in TRAIL_EVENTS}
