"""The trail cut into stretches: together they are the whole, and nothing is in two."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.audit.reader import Trail, TrailFilter
from foundation.audit.stretches import stretches

# A hundred events, ten of them at one moment, over four months and a half.
FILL = text("""
    INSERT INTO foundation.audit_log (event_id, occurred_at, type, type_version, plugin, severity,
        actor_type, actor_name, outcome, request_id, app_version)
    SELECT gen_random_uuid(), now() - (CASE WHEN n BETWEEN 41 AND 50 THEN 50 ELSE n END)
            * interval '32 hours', CASE n % 10 WHEN 0 THEN 'things.thing.eaten'
            ELSE 'things.thing.made' END, 1, 'things', 'low', 'user', 'Ada', 'success', 'r', '1'
    FROM generate_series(1, 100) n
""")


@pytest.fixture
async def filled(log):
    async with log.database.transaction() as db:
        add = "SELECT foundation.audit_add_months((now() - interval '5 months')::date, 1)"
        await db.execute(text(add))
        await db.execute(FILL)
    return log.database


@pytest.mark.parametrize("at_once", [1, 7, 99, 100, 1_000])
async def test_together_they_are_the_whole_and_nothing_is_in_two(filled, at_once):
    async with filled.reading() as db:
        whole, _ = await Trail(db).page(TrailFilter(), limit=200)
        parts = await stretches(db, TrailFilter(), at_once=at_once)
        found = [await Trail(db).page(part, limit=200) for part in parts]

    assert [entry.id for page, _ in found for entry in page] == [entry.id for entry in whole]
    assert max(len(page) for page, _ in found) <= at_once + 10  # what has one time stays together


async def test_a_filter_keeps_its_bounds(filled):
    async with filled.reading() as db:
        whole, _ = await Trail(db).page(TrailFilter(), limit=200)
        since, until = whole[80].occurred_at, whole[20].occurred_at
        asked = TrailFilter(type="things.thing.eaten", since=since, until=until)
        parts = await stretches(db, asked, at_once=9)
        counts = [await Trail(db).count(part) for part in parts]

    inside = [one for one in whole if since <= one.occurred_at < until]
    assert sum(counts) == sum(one.type == "things.thing.eaten" for one in inside) > 0
    assert {replace(part, since=None, until=None) for part in parts} == {
        TrailFilter(type="things.thing.eaten")
    }


async def test_what_happens_meanwhile_is_in_none(filled):
    async with filled.transaction() as db:
        parts = await stretches(db, TrailFilter())
        await db.execute(FILL)
        newest = max(part.until for part in parts if part.until)
        late = await Trail(db).count(TrailFilter(since=newest + timedelta(microseconds=1)))
        told = [await Trail(db).count(part, most=None) for part in parts]

    assert late >= 1
    assert sum(told) == 199  # the newest of the second hundred is newer than the first one's


async def test_an_empty_trail_has_none(log):
    async with log.database.reading() as db:
        assert await stretches(db, TrailFilter()) == []
