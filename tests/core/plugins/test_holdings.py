"""Every name a started plugin holds is in the ledger, and given back when it is dropped."""

import dataclasses

import pytest
from sqlalchemy import select

from foundation.audit.events import EventType
from foundation.audit.models import AuditRow
from foundation.auth.permissions import Permission, SignedIn
from foundation.db.engine import Database
from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import NavEntry, Offer, Services
from foundation.plugins.holdings import holdings, note_holdings
from foundation.plugins.ledger import remember
from foundation.plugins.pages import ModulePage, Placeholder
from foundation.plugins.registry import Loaded, State
from foundation.plugins.settings import PluginSettings
from foundation.ports import tally


class Mine(PluginSettings):
    url: str = ""


ADDED = Contributions(
    permissions=(Permission("orders:order:read", "Read"),),
    routers=(Router("orders"), Router("carts")),
    events=(EventType("orders.order.placed", "Placed"),),
    navigation=(
        NavEntry("orders", "Orders", "box", SignedIn("x"), ModulePage()),
        NavEntry("later", "Later", "box", SignedIn("x"), Placeholder("", "")),
    ),
    services=Services(offers=(Offer(tally("orders"), lambda ctx: None),)),
    settings=Mine(),
)
ORDERS = Loaded("orders", "d", "1", State.STARTED, "Orders", contributions=ADDED)
ALL = {
    ("prefix", "orders"),
    ("prefix", "carts"),
    ("permission", "orders:order:read"),
    ("event", "orders.order.placed"),
    ("section", "orders"),
    ("port", "orders.tally 1"),
    ("setting", "FOUNDATION_ORDERS_URL"),
}


@pytest.fixture
async def database(core_database_url):
    database = Database(core_database_url)
    yield database
    await database.dispose()


async def noted(database, *plugins):
    async with database.transaction() as db:
        for plugin in plugins:
            await note_holdings(db, plugin)
    return (await remember(database)).claims


def test_a_placeholder_holds_no_section_and_all_else_is_held():
    assert holdings(ORDERS) == ALL


async def test_names_are_noted_with_their_owner_and_a_dropped_one_is_given_back(database):
    first = await noted(database, ORDERS)
    fewer = dataclasses.replace(ADDED, routers=(Router("orders"),))
    then = await noted(database, dataclasses.replace(ORDERS, contributions=fewer))
    none = await noted(database, dataclasses.replace(ORDERS, contributions=Contributions()))

    assert first == dict.fromkeys(ALL, "orders")
    assert set(first) - set(then) == {("prefix", "carts")}
    assert none == {}


async def test_whoever_was_first_keeps_a_name(database):
    thief = Loaded("thief", "t", "1", State.STARTED, contributions=ADDED)

    claims = await noted(database, ORDERS, thief)

    assert {claims[name] for name in ALL} == {"orders"}


async def test_a_known_bad_version_that_may_run_is_said_once(database):
    risky = dataclasses.replace(ORDERS, allowed="loses orders")
    await noted(database, risky)
    await noted(database, risky)

    async with database.reading() as db:
        (row,) = (await db.scalars(select(AuditRow))).all()
    assert (row.type, row.reason) == ("core.plugin.allowed", "loses orders")
    assert row.detail == {"dist": "d", "version": "1"}
