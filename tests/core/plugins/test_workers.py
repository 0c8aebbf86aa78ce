"""Each worker tells which plugins it runs while it lives; the dead are forgotten."""

import dataclasses

import pytest
from sqlalchemy import update

from foundation.db.engine import Database
from foundation.plugins.models import WorkerRow
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.workers import (
    LIVE,
    forget_plan,
    live_workers,
    plan_digest,
    tell_plan,
    this_worker,
)

ORDERS = Loaded("orders", "foundation-orders", "1.0", State.STARTED)


def digest(**changes):
    return plan_digest(Registry((dataclasses.replace(ORDERS, **changes),)))


def test_a_plan_is_its_plugins_and_versions_and_not_how_they_fare():
    assert digest() == digest(state=State.FAILED, start_ms=3.0)
    others = {digest(version="2"), digest(dist="x"), digest(state=State.DISABLED)}
    assert len(others | {digest()}) == 4


async def test_workers_that_say_nothing_for_a_minute_are_dead(core_database_url):
    database = Database(core_database_url)
    async with database.transaction() as db:
        for worker in ("a", "b", "c"):
            await tell_plan(db, "old", worker=worker)
        await tell_plan(db, "new", worker="a")
        silent = update(WorkerRow).where(WorkerRow.worker == "b")
        await db.execute(silent.values(seen_at=WorkerRow.seen_at - 2 * LIVE))
        await forget_plan(db, worker="c")
    async with database.reading() as db:
        alive = await live_workers(db)
    await database.dispose()

    assert alive == {"a": "new"}


@pytest.mark.parametrize("part", [0, 1])
def test_a_worker_is_named_by_machine_and_process(part):
    assert this_worker().rsplit(":", 1)[part]
