"""The switch is audited, says when it changes nothing, and never turns core's own sections off."""

import pytest
from sqlalchemy import select

from foundation.audit import guard
from foundation.audit.models import AuditRow
from foundation.db.engine import Database
from foundation.errors import Conflict, NotFound
from foundation.plugins import ledger, quarantine, trail
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.switch import overruled, rearm, switch
from foundation.settings import PluginChoice

ADA = trail.operator("ada")


@pytest.fixture
async def database(core_database_url):
    database = Database(core_database_url)
    await ledger.write(database, Registry((Loaded("orders", "d", "1", State.STARTED),)))
    yield database
    await database.dispose()


async def said(database):
    async with database.reading() as db:
        rows = await db.scalars(select(AuditRow).order_by(AuditRow.event_id))
        return [(row.type, row.actor_name) for row in rows if "discovered" not in row.type]


async def test_a_switch_is_remembered_and_said_once(database):
    async with database.transaction() as db:
        first = await switch(db, "orders", on=False, actor=ADA, command="disable")
        again = await switch(db, "orders", on=False, actor=ADA, command="disable")

    assert (first, again) == (True, False)
    assert (await ledger.remember(database)).is_switched_off("orders")
    assert await said(database) == [("core.plugin.disabled", "cli:ada")]


async def test_a_start_does_not_touch_the_switch(database):
    async with database.transaction() as db:
        await switch(db, "orders", on=False, actor=ADA, command="disable")
    await ledger.write(database, Registry((Loaded("orders", "d", "2", State.DISABLED),)))

    assert (await ledger.remember(database)).is_switched_off("orders")


@pytest.mark.parametrize(("id", "case"), [("nobody", NotFound), ("accounts", Conflict)])
async def test_what_never_was_here_and_core_itself_are_not_switched(database, id, case):
    with pytest.raises(case):
        async with database.transaction() as db:
            await switch(db, id, on=False, actor=ADA, command="disable")


async def test_rearming_what_does_not_rest_changes_and_tells_nothing(database):
    async with database.transaction() as db:
        guard.watch(db)
        assert await rearm(db, "orders", actor=ADA) == []

    assert await said(database) == []


async def test_rearming_takes_every_part_out_and_says_each(database):
    async with database.transaction() as db:
        for part in ("routes", "health:ping"):
            await quarantine.put_away(db, "orders", part, reason="x")
    async with database.transaction() as db:
        parts = await rearm(db, "orders", actor=ADA)

    assert parts == ["health:ping", "routes"]
    assert (await said(database))[2:] == [("core.plugin.rearmed", "cli:ada")] * 2


@pytest.mark.parametrize(
    ("choice", "on", "words"),
    [
        ({}, True, ""),
        ({"plugins_disabled": ("orders",)}, True, "DISABLED names it"),
        ({"plugins_disabled": ("orders",)}, False, ""),
        ({"plugins_autoload": "listed"}, True, "ENABLED does not name it"),
        (
            {"plugins_autoload": "listed", "plugins_enabled": ("orders",)},
            False,
            "ENABLED names it",
        ),
    ],
    ids=range(5),
)
def test_the_setting_that_overrules_it_is_named(tmp_path, choice, on, words):
    told = overruled(PluginChoice(data=tmp_path, **choice), "orders", on=on)

    assert (words in told, bool(told)) == (True, bool(words))
