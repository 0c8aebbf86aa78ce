"""The months of the trail: which are there, which are over their time, and how one is taken out."""

import re
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import DDL, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import AuditRow
from foundation.db.engine import Database

PAGE = 256

_PARTS = text("""
    SELECT c.relname, c.oid IN (SELECT inhrelid FROM pg_catalog.pg_inherits
                                WHERE inhparent = 'foundation.audit_log'::regclass) AS attached,
           pg_catalog.pg_total_relation_size(c.oid) AS bytes
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'foundation'::regnamespace AND c.relkind = 'r'
      AND c.relname LIKE 'audit\\_log\\_p%'
    ORDER BY c.relname
""")
_PENDING = text("""
    SELECT inhdetachpending FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid WHERE c.relname = :part
""")
_PART = re.compile(r"audit_log_p(\d{4})_(\d{2})")


@dataclass(frozen=True, slots=True)
class Month:
    """One month; *attached* is False for one that was taken out and not yet dropped."""

    year: int
    number: int
    bytes: int
    attached: bool = True

    @property
    def name(self) -> str:
        """The month as people write it: 2026-03."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def part(self) -> str:
        """The name of its table."""
        return f"audit_log_p{self.year:04}_{self.number:02}"

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return add_months(self.start, 1)


def add_months(month: datetime, count: int) -> datetime:
    """Return the first moment of the month that is *count* after that of *month*."""
    number = month.year * 12 + month.month - 1 + count
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


async def months(db: AsyncSession) -> list[Month]:
    """Return all months that are there, the oldest first."""
    found = list[Month]()
    for name, attached, size in await db.execute(_PARTS):
        match = _PART.fullmatch(name)
        if match is not None:
            found.append(Month(int(match[1]), int(match[2]), size, attached))
    return found


async def over(db: AsyncSession, *, now: datetime, keep: int, held: Collection[str]) -> list[Month]:
    """Return the months that ended *keep* months before the present one; never a *held* one."""
    first_kept = add_months(now.astimezone(UTC), -keep)
    return [m for m in await months(db) if m.end <= first_kept and m.name not in held]


async def pages_of(db: AsyncSession, month: Month) -> AsyncIterator[list[UUID]]:
    """Give the ids of the rows of *month*, page by page in their order."""
    key = tuple_(AuditRow.occurred_at, AuditRow.event_id)
    asked = (
        select(AuditRow.occurred_at, AuditRow.event_id)
        .where(AuditRow.occurred_at >= month.start, AuditRow.occurred_at < month.end)
        .order_by(AuditRow.occurred_at, AuditRow.event_id)
        .limit(PAGE)
    )
    last: tuple[datetime, UUID] | None = None
    while True:
        page = asked if last is None else asked.where(key > last)
        rows = (await db.execute(page)).all()
        if rows:
            yield [id for _, id in rows]
        if len(rows) < PAGE:
            return
        last = (rows[-1][0], rows[-1][1])


async def rows_in(db: AsyncSession, month: Month) -> int:
    """Return how many rows *month* has."""
    inside = (AuditRow.occurred_at >= month.start) & (AuditRow.occurred_at < month.end)
    return int(await db.scalar(select(func.count()).select_from(AuditRow).where(inside)) or 0)


async def take_out(database: Database, month: Month) -> None:
    """Detach *month* without holding up anybody, and drop it.

    Whatever was interrupted is gone on with when this is done again.
    """
    named = {"part": month.part}
    async with database.apart() as connection:
        pending = (await connection.execute(_PENDING, named)).scalar()
        if pending is not None:
            how = "FINALIZE" if pending else "CONCURRENTLY"
            detach = "ALTER TABLE foundation.audit_log DETACH PARTITION foundation.%(part)s %(how)s"
            await connection.execute(_ddl(detach, **named, how=how))
        await connection.execute(_ddl("DROP TABLE foundation.%(part)s", **named))


def _ddl(words: str, **names: str) -> DDL:
    return DDL(words, context=names)  # type: ignore[no-untyped-call]  # SQLAlchemy's own
