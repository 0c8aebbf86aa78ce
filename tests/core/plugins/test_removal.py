"""What goes with a plugin is told first; its end is one transaction, refused while it is alive."""

import stat

import pytest
from sqlalchemy import select, text

from foundation.audit.models import AuditRow
from foundation.db.engine import Database
from foundation.errors import Conflict
from foundation.plugins import ledger, trail
from foundation.plugins.contributions import Manifest
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.removal import StillNeeded, StillOn, export, leaving, purge, remove
from foundation.plugins.workers import tell_plan

ADA = trail.operator("ada")
SHOP = Loaded("shop", "foundation-shop", "1", State.STARTED, "Shop")
USER = Loaded(
    "user", "d", "1", State.STARTED, manifest=Manifest("user", "U", ">=1", requires=("shop>=1",))
)


@pytest.fixture
async def database(core_database_url):
    database = Database(core_database_url)
    await ledger.write(database, Registry((SHOP, USER)))
    async with database.transaction() as db:
        await db.execute(text("CREATE SCHEMA shop"))
        await db.execute(text("CREATE TABLE shop.orders (id int PRIMARY KEY)"))
        await db.execute(text("INSERT INTO shop.orders VALUES (7)"))
    yield database
    await database.dispose()


async def test_the_plan_names_tables_and_who_will_miss_it(database):
    async with database.reading() as db:
        what = await leaving(db, "shop")

    assert [(table.name, table.rows) for table in what.tables] == [("orders", 1)]
    assert (what.rows, what.needed_by, what.dependents) == (1, ("user",), ())


async def test_core_itself_cannot_leave(database):
    with pytest.raises(Conflict, match="a part of Foundation itself"):
        async with database.reading() as db:
            await leaving(db, "accounts")


async def test_an_export_is_ours_alone_and_overwrites_nothing(database, tmp_path):
    folder = tmp_path / "out"
    async with database.transaction() as db:
        tables = (await leaving(db, "shop")).tables
        (file,) = await export(db, tables, folder)
        with pytest.raises(FileExistsError):
            await export(db, tables, folder)

    assert file.read_text() == '{"id": 7}\n'
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, file)] == [0o700, 0o600]


async def test_a_plugin_that_is_on_or_still_in_a_worker_is_not_purged(database):
    async with database.transaction() as db:
        await tell_plan(db, "plan", worker="host:1")
    with pytest.raises(StillOn, match="disable shop"):
        async with database.transaction() as db:
            await purge(db, "shop", actor=ADA, installed=True)
    with pytest.raises(StillOn, match="a worker still runs it"):
        async with database.transaction() as db:
            await purge(db, "shop", actor=ADA, installed=False)


async def test_a_purge_stops_at_dependents_and_names_them(database):
    async with database.transaction() as db:
        await remove(db, "shop", actor=ADA)
        await db.execute(text("CREATE SCHEMA other"))
        await db.execute(text("CREATE TABLE other.x (o int CONSTRAINT k REFERENCES shop.orders)"))

    with pytest.raises(StillNeeded, match=r"other\.x: k"):
        async with database.transaction() as db:
            await purge(db, "shop", actor=ADA, installed=True)


@pytest.mark.parametrize("installed", [True, False])
async def test_a_purged_plugin_leaves_a_switch_only_if_it_is_still_installed(database, installed):
    async with database.transaction() as db:
        await remove(db, "shop", actor=ADA)
        await purge(db, "shop", actor=ADA, installed=installed)
    async with database.reading() as db:
        rows = list(await db.scalars(select(AuditRow).where(AuditRow.type == "core.plugin.purged")))
        there = await db.scalar(text("SELECT to_regnamespace('shop')::text"))
    memory = await ledger.remember(database)

    assert there is None
    assert ("shop" in memory.rows, memory.is_switched_off("shop")) == (installed, installed)
    assert [(row.actor_name, row.detail["rows"]) for row in rows] == [("cli:ada", 1)]
