"""How much happened on each day, in UTC, quiet days too."""

from datetime import UTC, datetime, timedelta

from foundation.audit.activity import Activity


async def test_each_day_is_counted_with_what_went_badly_apart(client_as, client, app, db):
    viewer = await client_as("viewer")
    assert (await viewer.post("/api/projects", {"slug": "a", "name": "A"})).status == 403
    now = datetime.now(UTC)

    days = await Activity(db).by_day(now=now, days=3)
    before = await Activity(db).by_day(now=now - timedelta(days=5), days=2)

    assert [one.day for one in days] == [now.date() - timedelta(days=n) for n in (2, 1, 0)]
    assert sum(one.well for one in days) > 0
    assert sum(one.badly for one in days) >= 1
    assert [(one.well, one.badly) for one in before] == [(0, 0), (0, 0)]
