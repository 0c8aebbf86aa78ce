"""What became of runs, day by day: for the charts of the section, and for the table behind them."""

from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foundation.builtin.runs import repository, scope
from foundation.builtin.runs.schemas import DayView, Statistics, StatisticsQuery
from foundation.errors import FieldProblem, Invalid
from foundation.http.context import Context

_NONE = {
    "succeeded": 0,
    "failed": 0,
    "cancelled": 0,
    "open": 0,
    "median_s": None,
    "longest_s": None,
}


async def by_day(ctx: Context, query: StatisticsQuery) -> Statistics:
    """Return one entry for each of the last days, of the runs that whoever asks may see."""
    try:
        here = ZoneInfo(query.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem = FieldProblem("query:zone", "There is no such time zone", "unknown")
        raise Invalid(errors=(problem,)) from None
    today = ctx.clock.now().astimezone(here).date()
    first = today - timedelta(days=query.days - 1)
    seen = await scope.projects_seen(ctx)
    found = await repository.by_day(ctx.db, query, first=first, projects=seen)
    rows = {row.day: row for row in found}
    days = [first + timedelta(days=n) for n in range(query.days)]
    return Statistics(
        days=[
            DayView.model_validate(rows[day]) if day in rows else DayView(day=day, **_NONE)
            for day in days
        ]
    )
