"""How far behind a sink is, as health and the metrics have it."""

from datetime import timedelta

from sqlalchemy import text

from foundation.audit.sinks.courier import begin
from foundation.audit.sinks.standing import problem_of, standings
from foundation.audit.sinks.story import Place
from foundation.clock import SystemClock

NOW = SystemClock().now()


async def test_what_waits_is_counted_over_epochs(log):
    await log.sealed(3)
    await begin(log.database, "a", Place(1, 1))

    async with log.database.reading() as db:
        (found,) = await standings(db, ["a"])
    assert (found.behind, str(found.place)) == (2, "1.1")


async def test_a_sink_at_the_end_has_no_problem_and_one_far_behind_has(log):
    await begin(log.database, "a", Place(1, 0))
    assert await problem_of(log.database, ["a"], now=NOW) == ""
    await log.sealed(1)
    assert await problem_of(log.database, ["a"], now=SystemClock().now()) == ""

    late = SystemClock().now() + timedelta(seconds=400)
    assert "1 events wait" in await problem_of(log.database, ["a"], now=late)


async def test_a_refusal_is_told_at_once_and_of_sinks_in_the_settings_only(log):
    await begin(log.database, "a", Place(1, 0))
    async with log.database.transaction() as db:
        failed = "UPDATE foundation.audit_sinks SET failures = 2, last_error = 'it answered 500'"
        await db.execute(text(failed))

    assert "it answered 500" in await problem_of(log.database, ["a"], now=NOW)
    assert await problem_of(log.database, [], now=NOW) == ""
