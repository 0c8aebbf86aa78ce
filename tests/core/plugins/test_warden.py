"""The warden keeps out what is put away, hears how calls end, and never stops core's own sections."""

import asyncio

import pytest
from sqlalchemy import func, update

from foundation.db.engine import Database
from foundation.plugins import quarantine
from foundation.plugins.away import PluginQuarantined
from foundation.plugins.breaker import FAULTS, IN_A_ROW
from foundation.plugins.models import QuarantineRow
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.warden import Warden, with_quarantine

REGISTRY = Registry(
    (
        Loaded("accounts", "core", "1", State.STARTED, builtin=True),
        Loaded("orders", "d", "1", State.STARTED, "Orders", module="foundation_orders.plugin"),
        Loaded("stock", "d", "1", State.STARTED),
    )
)


@pytest.fixture
async def warden(core_database_url, clock):
    database = Database(core_database_url)
    yield Warden(REGISTRY, database, clock)
    await database.dispose()


async def ended(warden, plugin, fault, times=1):
    for _ in range(times):
        (await warden.admit(plugin)).ended(fault, request_id="1")
    await asyncio.gather(*warden._tasks)


async def kept(warden):
    async with warden.database.reading() as db:
        return sorted(await quarantine.kept_parts(db))


async def test_faults_put_the_routes_away_and_keep_requests_out(warden):
    await ended(warden, "orders", KeyError("x"), FAULTS)

    with pytest.raises(PluginQuarantined) as refused:
        await warden.admit("orders")
    assert refused.value.extra["command"] == "foundation plugin enable orders --rearm"
    assert await warden.admit("stock")
    assert [one.state.value for one in warden.marked(REGISTRY).plugins] == [
        "started",
        "quarantined",
        "started",
    ]


async def test_good_requests_and_cores_own_faults_put_nothing_away(warden):
    await ended(warden, "orders", None, FAULTS)
    await ended(warden, "accounts", KeyError("x"), FAULTS)

    assert await kept(warden) == []


@pytest.mark.parametrize(("fault", "left"), [(None, []), (KeyError("x"), [("orders", "routes")])])
async def test_a_probe_decides_whether_it_stays_away(warden, fault, left):
    async with warden.database.transaction() as db:
        await quarantine.put_away(db, "orders", "routes", reason="x")
        await db.execute(update(QuarantineRow).values(probe_at=func.now()))
    await warden.look()
    warden.clock.move(seconds=5)

    await ended(warden, "orders", fault)

    assert await kept(warden) == left


async def test_a_part_that_fails_five_times_in_a_row_rests_alone(warden):
    for _ in range(IN_A_ROW):
        warden.part_ended("orders", "health:ping", RuntimeError("x"))
    await asyncio.gather(*warden._tasks)

    assert warden.is_kept("orders", "health:ping")
    assert await warden.admit("orders")
    assert warden.marked(REGISTRY) is REGISTRY
    assert not await warden.may_probe("orders", "health:ping")


async def test_while_it_watches_it_follows_the_ledger_and_tells_its_plan(warden):
    async with warden.watching():
        async with warden.database.transaction() as db:
            await quarantine.put_away(db, "stock", "routes", reason="x")
        async with asyncio.timeout(60):
            while not warden.is_kept("stock", "routes"):
                await asyncio.sleep(0.05)


def test_without_anything_kept_a_registry_is_as_it_was():
    assert with_quarantine(REGISTRY, ()) is REGISTRY
