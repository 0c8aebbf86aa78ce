"""How much happened on each day, and how much of it was refused: the trail in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import AuditRow


@dataclass(frozen=True, slots=True)
class Day:
    """One day of UTC: *well* is what was done, *badly* what failed or was denied."""

    day: date
    well: int
    badly: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Counts events in the session it was made for."""

    db: AsyncSession

    async def by_day(self, *, now: datetime, days: int) -> list[Day]:
        """Return the last *days* days with today, the oldest first, quiet ones too."""
        today = now.astimezone(UTC).date()
        first = today - timedelta(days=days - 1)
        day = cast(func.timezone("UTC", AuditRow.occurred_at), Date)
        is_well = AuditRow.outcome == "success"
        begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
        asked = select(day, is_well, func.count()).where(AuditRow.occurred_at >= begin)
        counted: Mapping[tuple[date, bool], int] = {
            (row[0], row[1]): row[2] for row in await self.db.execute(asked.group_by(day, is_well))
        }
        each = [first + timedelta(days=n) for n in range(days)]
        return [Day(one, counted.get((one, True), 0), counted.get((one, False), 0)) for one in each]
