"""Due: each reminder is told once, the nearest only, and what is overdue is no good health."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from foundation.clock import SystemClock
from foundation.http.context import Caller, Context
from foundation.telemetry.logging import logger
from foundation_credentials.service.due import health, remind

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def passed(database):
    """Tell what is due so many days after `NOW`."""

    async def passed(days: float) -> list[tuple[str, int]]:
        told = []
        async with database.transaction() as db:
            await db.execute(text("SET LOCAL session_replication_role = replica"))
            await remind(db, now=NOW + timedelta(days=days), record=told.append)
        return [(event.detail.what, event.detail.days) for event in told]

    return passed


async def test_a_last_day_is_told_at_thirty_fourteen_seven_one_and_no_days(operator, crm, passed):
    ends = {"expires_at": (NOW + timedelta(days=40)).isoformat()}
    assert (await operator.patch(f"/api/creds/{crm['id']}", ends, if_match=1)).status == 200

    told = [await passed(days) for days in (0, 10.1, 11, 27, 33.5, 39.2, 39.5, 40.1, 90)]

    expected = [[], [30], [], [14], [7], [1], [], [0], []]
    assert [[days for _, days in one] for one in told] == expected


async def test_who_is_late_hears_the_nearest_and_a_rotation_is_told_too(
    operator, crm, passed, database
):
    change = {"expires_at": (NOW + timedelta(days=5)).isoformat(), "rotate_every": 10}
    await operator.patch(f"/api/creds/{crm['id']}", change, if_match=1)
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        moved = text("UPDATE credentials.creds SET values_at = :at")
        await db.execute(moved, {"at": NOW - timedelta(days=10)})

    assert sorted(await passed(0)) == [("expires", 7), ("rotate", 0)]
    assert await passed(0.5) == []


async def test_what_is_overdue_is_said_in_words(operator, crm, database):
    await operator.patch(
        f"/api/creds/{crm['id']}", {"expires_at": "2020-01-01T00:00:00Z"}, if_match=1
    )
    async with database.reading() as db:
        ctx = Context("r", None, "credentials", db, SystemClock(), logger(), Caller(""), None, None)
        found = await health(ctx)

    assert (found.ok, found.detail) == (False, "1 expired")
