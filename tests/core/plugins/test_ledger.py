"""The ledger keeps first sights, states and the last good look of each plugin, and types for ever."""

import asyncio
import dataclasses

import pytest
from sqlalchemy import select

from foundation.audit.events import Detail, EventType
from foundation.audit.models import AuditRow
from foundation.auth.permissions import SignedIn
from foundation.db.engine import Database
from foundation.http.router import Router
from foundation.plugins import ledger
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Manifest, NavEntry
from foundation.plugins.memory import NO_MEMORY
from foundation.plugins.models import EventTypeRow, PluginRow
from foundation.plugins.pages import Placeholder
from foundation.plugins.registry import Loaded, Registry, State


class Placed(Detail):
    number: int


ENTRY = NavEntry("orders", "Orders", "box", SignedIn("x"), Placeholder("", ""))
ORDERS = Loaded(
    "orders",
    "foundation-orders",
    "1.0",
    State.STARTED,
    "Orders",
    manifest=Manifest("orders", "Orders", ">=1"),
    contributions=Contributions(
        routers=(Router("orders"),),
        navigation=(ENTRY,),
        events=(EventType("orders.order.placed", "Order placed", Placed),),
    ),
)
DOWN = dataclasses.replace(
    ORDERS, state=State.IMPORT_ERROR, reason="boom", contributions=Contributions()
)


@pytest.fixture
async def database(core_database_url):
    database = Database(core_database_url)
    yield database
    await database.dispose()


async def start(database, *plugins):
    """One start: remember, have these plugins, write; gives what is remembered then."""
    memory = await ledger.remember(database)
    await ledger.write(database, Registry(plugins, memory))
    return await ledger.remember(database)


async def test_a_plugin_is_remembered_from_its_first_start(database):
    memory = await start(database, ORDERS)

    row = memory.rows["orders"]
    assert (row.dist, row.version, row.title, row.state) == (
        "foundation-orders",
        "1.0",
        "Orders",
        "started",
    )
    assert memory.holder_of("orders") == "orders"
    assert [seen.section for seen in memory.sections_of("orders")] == ["orders"]


async def test_a_broken_start_keeps_the_last_good_look(database):
    first = await start(database, ORDERS)
    memory = await start(database, DOWN)

    row = memory.rows["orders"]
    assert row.state == "import_error"
    assert row.snapshot == first.rows["orders"].snapshot
    assert row.first_seen_at == first.rows["orders"].first_seen_at
    assert row.changed_at > first.rows["orders"].changed_at


async def test_the_same_state_again_keeps_since_when(database):
    first = await start(database, DOWN)
    memory = await start(database, dataclasses.replace(DOWN, reason="another reason"))

    assert memory.rows["orders"].changed_at == first.rows["orders"].changed_at


async def test_a_plugin_whose_manifest_cannot_be_read_keeps_its_title(database):
    await start(database, ORDERS)
    memory = await start(database, dataclasses.replace(DOWN, manifest=None, title="orders"))

    assert memory.rows["orders"].title == "Orders"


async def test_a_plugin_that_is_gone_is_removed_and_may_come_back(database):
    await start(database, ORDERS)
    gone = await start(database)
    back = await start(database, ORDERS)

    assert gone.rows["orders"].state == ledger.REMOVED
    assert gone.prefixes_of("orders") == ("orders",)
    assert back.rows["orders"].state == "started"


async def test_event_types_only_grow(database):
    renamed = EventType("orders.order.placed", "Another title", Placed)
    added = dataclasses.replace(ORDERS.contributions, events=(renamed,))
    await start(database, ORDERS)
    await start(database, dataclasses.replace(ORDERS, contributions=added))
    await start(database)

    async with database.reading() as db:
        mine = select(EventTypeRow).where(EventTypeRow.plugin == "orders")
        (row,) = (await db.scalars(mine)).all()
    assert (row.name, row.version, row.title, row.plugin) == (
        "orders.order.placed",
        1,
        "Order placed",
        "orders",
    )
    assert row.schema["properties"]["number"]["type"] == "integer"


async def test_a_type_that_is_noted_takes_another_retention(database):
    kept = EventType("orders.order.placed", "Order placed", Placed, retention="short")
    await start(database, ORDERS)
    added = dataclasses.replace(ORDERS.contributions, events=(kept,))
    await start(database, dataclasses.replace(ORDERS, contributions=added))

    async with database.reading() as db:
        mine = select(EventTypeRow.retention).where(EventTypeRow.plugin == "orders")
        assert (await db.scalars(mine)).all() == ["short"]


async def test_a_start_that_finds_everything_noted_asks_and_writes_less(core_database_url):
    asked = []
    database = Database(core_database_url, observe=asked.append)
    await start(database, ORDERS)
    first = len(asked)
    asked.clear()
    await start(database, ORDERS)
    await database.dispose()

    # No first sight in the trail, no name given back, none noted, no type of event.
    assert len(asked) == first - 4


async def test_owasps_words_of_a_noted_type_follow_its_code(database):
    for owasp in (("sensitive_create",), ("sensitive_create", "authz_admin"), ()):
        type_ = EventType("orders.order.placed", "Order placed", Placed, owasp=owasp)
        changed = dataclasses.replace(ORDERS.contributions, events=(type_,))
        await start(database, dataclasses.replace(ORDERS, contributions=changed))
        mine = select(EventTypeRow.owasp).where(EventTypeRow.plugin == "orders")
        async with database.reading() as db:
            assert tuple(await db.scalar(mine)) == owasp


async def test_three_workers_write_one_row(database):
    registry = Registry((ORDERS, dataclasses.replace(DOWN, id="stock")))

    await asyncio.gather(*(ledger.write(database, registry) for _ in range(3)))

    async with database.reading() as db:
        ids = (await db.scalars(select(PluginRow.id).order_by(PluginRow.id))).all()
    assert ids == ["orders", "stock"]


async def test_a_second_distribution_of_an_id_does_not_overwrite_the_first(database):
    other = dataclasses.replace(DOWN, dist="evil-orders", state=State.INVALID)

    memory = await start(database, ORDERS, other)

    assert memory.rows["orders"].dist == "foundation-orders"


async def test_before_the_first_migration_nothing_is_known_and_nothing_written(empty_database_url):
    database = Database(empty_database_url)
    await ledger.write(database, Registry((ORDERS,)))

    assert await ledger.remember(database) is NO_MEMORY
    await database.dispose()


async def test_the_first_sight_of_a_plugin_is_said_once_and_that_of_core_is_not(database):
    builtin = dataclasses.replace(ORDERS, id="system", builtin=True, contributions=Contributions())
    await asyncio.gather(*(start(database, ORDERS, builtin) for _ in range(3)))

    async with database.reading() as db:
        rows = (await db.scalars(select(AuditRow))).all()
    assert [(row.type, row.target_id) for row in rows] == [("core.plugin.discovered", "orders")]


async def test_details_and_claims_are_remembered(database):
    memory = await start(database, ORDERS)

    assert memory.claims["prefix", "orders"] == "orders"
    assert "number" in memory.details["orders.order.placed", 1]["properties"]
