"""Asking for runs: kept, recorded and delivered with the transaction, or not at all."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from foundation.errors import Conflict, Invalid, NotFound
from foundation.runs.desk import Wanted

COUNTS = text("""
    SELECT (SELECT count(*) FROM foundation.runs),
           (SELECT count(*) FROM foundation.audit_log),
           (SELECT count(*) FROM procrastinate.procrastinate_jobs)
""")


async def counts(office):
    async with office.database.reading() as db:
        return tuple((await db.execute(COUNTS)).one())


async def test_a_start_rolled_back_leaves_neither_run_nor_event_nor_delivery(office):
    with pytest.raises(ZeroDivisionError):
        async with office.database.transaction() as db:
            await office.desk(db).start("trials.short", {})
            raise ZeroDivisionError

    before = await counts(office)
    await office.start("short")

    assert before == (0, 0, 0)
    assert await counts(office) == (1, 1, 1)


async def test_a_key_used_twice_gives_the_same_run(office):
    first = await office.start("short", wanted=Wanted(key="k"), path="a")
    second = await office.start("short", wanted=Wanted(key="k"), path="a")

    assert first == second
    with pytest.raises(Conflict):
        await office.start("short", wanted=Wanted(key="k"), path="b")


async def test_two_at_once_with_one_key_make_one_run(office):
    async def start():
        try:
            return await office.start("short", wanted=Wanted(key="k"))
        except DBAPIError as lost:  # the loser is told by the unique key
            return lost

    got = await asyncio.gather(*(start() for _ in range(3)))

    assert (await counts(office))[0] == 1
    assert sum(not isinstance(one, Exception) for one in got) >= 1


async def test_an_unknown_kind_and_wrong_parameters_are_refused(office):
    with pytest.raises(NotFound):
        await office.start("nope")
    with pytest.raises(Invalid) as wrong:
        await office.start("short", path=7)

    assert wrong.value.errors[0].pointer == "/params/path"


async def test_parameters_over_the_limit_are_refused(office):
    with pytest.raises(Invalid):
        await office.start("short", path="x" * 70_000)


async def test_a_queued_run_is_cancelled_at_once_and_its_delivery_withdrawn(office):
    id = await office.start("short")

    state = await office.cancel(id)

    assert state == "cancelled"
    assert (await counts(office))[2] == 0
    assert await office.told(id) == ["requested", "cancelled"]
    with pytest.raises(Conflict):
        await office.cancel(id)
