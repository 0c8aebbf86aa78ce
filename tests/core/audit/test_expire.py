"""Details over their time, by type."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from foundation.audit.expire import due, expire

OLD = datetime(2024, 5, 10, 12, tzinfo=UTC)
TYPE = """
    INSERT INTO foundation.event_types (name, version, title, plugin, severity, retention)
    VALUES ('things.thing.made', 1, 'Made', 'things', 'normal', :retention)
"""
LEFT = "SELECT count(*) FROM foundation.audit_log WHERE type = 'things.thing.made' AND detail"


class Past:
    """A clock in the past."""

    def now(self):
        return OLD


async def fill(log, retention):
    async with log.database.transaction() as db:
        add = text("SELECT foundation.audit_add_month(CAST(:d AS date))")
        await db.execute(add, {"d": OLD.date()})
        await db.execute(text(TYPE), {"retention": retention})
    present, log.recorder = log.recorder, log.in_the_past(Past())
    await log.sealed(2)
    log.recorder = present
    await log.sealed(1)


@pytest.mark.parametrize(
    ("retention", "after_days", "rows"),
    [
        ("short", 20, 0),
        ("short", 60, 2),
        (None, 60, 0),
        ("normal", 399, 0),
        ("normal", 440, 2),
        ("long", 5_000, 0),
    ],
)
async def test_each_type_has_its_time(log, retention, after_days, rows):
    await fill(log, retention)

    found = await due(log.database, now=OLD + timedelta(days=after_days))
    assert sum(each.rows for each in found if each.before > OLD) == rows


async def test_what_has_expired_is_gone_with_an_event_and_the_rest_stays(log):
    await fill(log, "short")
    now = OLD + timedelta(days=60)
    wanted = [each for each in await due(log.database, now=now) if each.before <= now]

    assert await expire(log.database, log.recorder, wanted=wanted) == 2
    assert await log.ask(LEFT + " IS NULL") == [(2,)]
    assert await log.ask(LEFT + " IS NOT NULL") == [(1,)]
    (told,) = await log.ask(
        "SELECT detail FROM foundation.audit_log WHERE type = 'audit.detail.expired'"
    )
    assert told[0] == {
        "type": "things.thing.made", "before": "2024-06-01T00:00:00.000000+00:00", "rows": 2,
    }  # fmt: skip
    assert await due(log.database, now=now) == []
