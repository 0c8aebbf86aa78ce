"""A row of quarantine is made once, said once, probed by one, and waits longer after each failure."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from foundation.audit.models import AuditRow
from foundation.db.engine import Database
from foundation.plugins import quarantine
from foundation.plugins.breaker import FIRST_WAIT_S
from foundation.plugins.models import FaultRow, QuarantineRow

ROUTES = ("orders", "routes")


@pytest.fixture
async def database(core_database_url):
    database = Database(core_database_url)
    async with database.transaction() as db:
        assert await quarantine.put_away(db, *ROUTES, reason="too much")
    yield database
    await database.dispose()


async def row(database):
    async with database.reading() as db:
        return (await quarantine.kept_parts(db)).get(ROUTES)


async def make_due(database):
    async with database.transaction() as db:
        await db.execute(update(QuarantineRow).values(probe_at=func.now()))


async def do(database, work, *given):
    async with database.transaction() as db:
        return await work(db, *given)


async def test_the_first_probe_is_due_after_five_minutes(database):
    kept = await row(database)

    assert kept.probe_at - kept.since == timedelta(seconds=FIRST_WAIT_S)
    assert kept.reason == "too much"


async def test_only_one_worker_puts_a_part_away_and_says_so(database):
    async with database.transaction() as db:
        assert not await quarantine.put_away(db, *ROUTES, reason="again")
    async with database.reading() as db:
        types = list(await db.scalars(select(AuditRow.type)))
    assert types == ["core.plugin.quarantined"]


async def test_the_database_refuses_a_row_that_nobody_told(database):
    with pytest.raises(DBAPIError, match="without an audit event"):
        async with database.transaction() as db:
            await db.execute(text("DELETE FROM foundation.plugin_quarantine"))


async def test_a_probe_is_for_one_when_it_is_due(database):
    early = await do(database, quarantine.claim_probe, *ROUTES)
    await make_due(database)
    claims = [await do(database, quarantine.claim_probe, *ROUTES) for _ in range(2)]

    assert (early, claims) == (False, [True, False])


async def test_after_a_failed_probe_the_wait_is_twice_as_long(database):
    await do(database, quarantine.probe_failed, *ROUTES)
    await do(database, quarantine.probe_failed, "nobody", "routes")

    async with database.reading() as db:
        wait = await db.scalar(select(QuarantineRow.wait_s))
    assert wait == 2 * FIRST_WAIT_S


async def test_after_a_passed_probe_the_part_is_back_and_it_is_said_once(database):
    first = await do(database, quarantine.probe_passed, *ROUTES)
    again = await do(database, quarantine.probe_passed, *ROUTES)

    assert (first, again, await row(database)) == (True, False, None)


async def test_the_last_fault_of_a_plugin_is_kept_and_no_other(database):
    async with database.transaction() as db:
        await quarantine.note_fault(db, "orders", "KeyError (x.py, line 1)", request_id="1")
        await quarantine.note_fault(db, "orders", "ValueError (x.py, line 2)", request_id="2")
    async with database.reading() as db:
        (fault,) = (await db.scalars(select(FaultRow))).all()

    assert (fault.fault, fault.request_id) == ("ValueError (x.py, line 2)", "2")
