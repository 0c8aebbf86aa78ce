"""Months of the trail: made, over their time, taken out."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from foundation.audit.months import Month, add_months, months, over, pages_of, rows_in, take_out

NOW = datetime(2026, 11, 25, tzinfo=UTC)


async def with_month(log, day):
    async with log.database.transaction() as db:
        await db.execute(text("SELECT foundation.audit_add_month(CAST(:d AS date))"), {"d": day})


@pytest.mark.parametrize(
    ("count", "year", "number"), [(0, 2026, 11), (2, 2027, 1), (-11, 2025, 12), (-23, 2024, 12)]
)
def test_months_are_counted_over_years(count, year, number):
    assert add_months(NOW, count) == datetime(year, number, 1, tzinfo=UTC)


async def test_over_its_time_is_what_ended_so_many_months_ago_and_is_not_held(log):
    for day in ("2024-09-01", "2024-10-01", "2024-11-01"):
        await with_month(log, datetime.fromisoformat(day).date())

    async with log.database.reading() as db:
        found = await over(db, now=NOW, keep=25, held=())
        held = await over(db, now=NOW, keep=25, held=("2024-09",))
        everything = [month.name for month in await months(db)]
    assert [month.name for month in found] == ["2024-09"]
    assert held == []
    assert everything[:3] == ["2024-09", "2024-10", "2024-11"]


async def test_a_month_is_read_page_by_page_without_repeating_or_skipping(log):
    async with log.database.transaction() as db:
        for _ in range(300):
            log.recorder.record(db, log.made(), log.source())
    async with log.database.reading() as db:
        (present,) = [m for m in await months(db) if m.start <= log.recorder.clock.now() < m.end]
        pages = [page async for page in pages_of(db, present)]
        assert await rows_in(db, present) == 300
    assert [len(page) for page in pages] == [256, 44]
    assert len({id for page in pages for id in page}) == 300


async def test_a_month_is_taken_out_and_what_was_interrupted_is_gone_on_with(log):
    await with_month(log, datetime(2024, 9, 1, tzinfo=UTC).date())
    await with_month(log, datetime(2024, 10, 1, tzinfo=UTC).date())
    await take_out(log.database, Month(2024, 9, 0))
    async with log.database.transaction() as db:  # as after a crash between the two steps
        detach = "ALTER TABLE foundation.audit_log DETACH PARTITION foundation.audit_log_p2024_10"
        await db.execute(text(detach))

    async with log.database.reading() as db:
        left = [month for month in await months(db) if month.year == 2024]
    assert [(month.name, month.attached) for month in left] == [("2024-10", False)]
    await take_out(log.database, left[0])
    async with log.database.reading() as db:
        assert [month for month in await months(db) if month.year == 2024] == []
