"""A command is done in one transaction, as by whoever typed it, or not at all."""

import importlib
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from foundation.app.command import CommandRefused, Order, Place, perform
from foundation.audit.models import AuditRow
from foundation.plugins import ledger
from foundation.plugins.contributions import NoParams
from foundation.plugins.loader import load
from foundation.plugins.quarantine import ROUTES, put_away
from foundation.plugins.scan import Installed
from foundation.plugins.switch import switch
from foundation.plugins.trail import operator
from foundation.settings import read_settings
from foundation.testing.site import on_path

HOSTED = Path(__file__).parents[2] / "fixtures" / "hosted"
INSTALLED = [Installed("hosted", "foundation_hosted.plugin", "foundation-hosted", "1.0")]


@pytest.fixture
def do(foundation_environ, core_database_url, core_database):
    """Type a command of the plugin `hosted`, whose settings and database are those of the test."""
    environ = foundation_environ | {"FOUNDATION_DATABASE_URL": core_database_url.reveal()}
    settings = read_settings(environ)

    async def order(name, params=None, **more):
        place = Place(environ | more, INSTALLED, {})
        wanted = Order("hosted", name, params or NoParams(), "cli:ada")
        return await perform(settings, core_database, wanted, place=place)

    with on_path(HOSTED):
        yield order
    for name in [name for name in sys.modules if name.startswith("foundation_hosted")]:
        del sys.modules[name]


async def recorded(database):
    async with database.reading() as db:
        rows = await db.scalars(select(AuditRow).where(AuditRow.type.startswith("hosted.")))
        return [(row.type, row.actor_type, row.actor_name, row.plugin) for row in rows]


async def test_it_is_done_with_the_settings_of_its_plugin_and_told_as_by_whoever_typed_it(
    do, core_database
):
    assert await do("count", counting(upto=3), FOUNDATION_HOSTED_WORD="sheep") == "3 red sheep"
    assert await recorded(core_database) == [
        ("hosted.thing.counted", "system", "cli:ada", "hosted")
    ]


WHERE = "ValueError (foundation_hosted/plugin.py, line 72)"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("refuse", ("there is nothing to count", "/upto: is too much")),
        ("fall-over", (f"hosted fall-over failed and was undone: {WHERE}",)),
    ],
)
async def test_what_cannot_be_done_is_undone_and_told_without_words_that_may_hold_anything(
    do, core_database, name, told
):
    with pytest.raises(CommandRefused) as refused:
        await do(name)

    assert refused.value.problems == told
    assert await recorded(core_database) == []


async def test_a_plugin_in_quarantine_or_switched_off_is_refused_with_what_mends_it(
    do, core_database, foundation_settings
):
    registry = load(foundation_settings, installed=INSTALLED, environ={}, dangerous={})
    await ledger.write(core_database, registry)
    params = counting(upto=1)
    async with core_database.transaction() as db:
        await put_away(db, "hosted", ROUTES, reason="it failed too often")
    with pytest.raises(CommandRefused) as kept:
        await do("count", params)
    async with core_database.transaction() as db:
        await switch(db, "hosted", on=False, actor=operator("ada"), command="disable hosted")
    with pytest.raises(CommandRefused) as off:
        await do("count", params)

    assert kept.value.problems == (
        "hosted is quarantined: it failed too often",
        "mend: foundation plugin enable hosted --rearm",
    )
    assert off.value.problems == (
        "hosted is disabled: switched off",
        "mend: foundation plugin enable hosted",
    )


def counting(**given):
    return importlib.import_module("foundation_hosted.plugin").Counting(**given)
