"""What each plugin of the ledger has in the database, gathered in a few statements."""

from sqlalchemy import text

from foundation.db.engine import Database
from foundation.db.holding import Held
from foundation.plugins import ledger, quarantine, trail
from foundation.plugins.estate import NOTHING, estates
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.switch import switch


async def test_switch_tables_quarantine_and_fault_are_told_of_each_plugin(core_database_url):
    database = Database(core_database_url)
    plugins = (Loaded("shop", "d", "1", State.FAILED), Loaded("bare", "d", "1", State.STARTED))
    await ledger.write(database, Registry(plugins))
    async with database.transaction() as db:
        await db.execute(text("CREATE SCHEMA shop"))
        await db.execute(text("CREATE TABLE shop.orders (id int)"))
        await db.execute(text("INSERT INTO shop.orders VALUES (1)"))
        await quarantine.put_away(db, "shop", "routes", reason="x")
        await quarantine.put_away(db, "stranger", "routes", reason="x")
        await quarantine.note_fault(db, "shop", "KeyError", request_id="7")
        await switch(db, "bare", on=False, actor=trail.PLATFORM, command="disable")
    async with database.reading() as db:
        found = await estates(db)
    await database.dispose()

    shop, bare = found["shop"], found["bare"]
    assert set(found) == {"shop", "bare"}
    assert (shop.is_known, shop.enabled, shop.tables) == (True, True, (Held("shop", "orders", 1),))
    assert [kept.part for kept in shop.kept] == ["routes"]
    assert (shop.fault.fault, shop.fault.request_id) == ("KeyError", "7")
    assert (bare.enabled, bare.tables, bare.fault) == (False, (), None)
    assert NOTHING.is_known is False
