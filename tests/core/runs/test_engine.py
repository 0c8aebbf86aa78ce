"""Procrastinate behind the port: it carries what was asked for, and stops when told."""

import asyncio

import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy import text

from foundation.runs.desk import Wanted
from foundation.runs.engine import ProcrastinateDelivery, conninfo
from foundation.secret import Secret


async def test_it_hands_over_the_most_urgent_first_and_deletes_its_own_rows(
    office, core_database_url
):
    usual = await office.start("short")
    urgent = await office.start("short", wanted=Wanted(priority=5))
    got = asyncio.Queue()

    async def deliver(run, attempt):
        await got.put((run, attempt))

    delivery = ProcrastinateDelivery(core_database_url, poll_s=0.5)
    serving = asyncio.create_task(delivery.serve(deliver, queues=["default"], slots=1))
    taken = [await asyncio.wait_for(got.get(), 60) for _ in range(2)]
    await delivery.stop()
    await asyncio.wait_for(serving, 60)

    assert taken == [(urgent, 0), (usual, 0)]
    async with office.database.reading() as db:
        left = text(
            "SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE task_name LIKE '%execute'"
        )
        assert await db.scalar(left) == 0


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("postgresql+asyncpg://a:b@h/n?ssl=require", "postgresql://a:b@h/n?sslmode=require"),
        ("postgres://h:5433/n?timeout=3", "postgresql://h:5433/n"),
    ],
)
def test_an_address_is_told_as_libpq_reads_it(given, wanted):
    assert conninfo(Secret(given)) == wanted


SHAPE = """
    SELECT 'column', table_name || '.' || column_name, data_type || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = :schema
    UNION ALL SELECT 'index', indexname, replace(indexdef, :schema || '.', '')
    FROM pg_indexes WHERE schemaname = :schema
    UNION ALL SELECT 'function', proname || oidvectortypes(proargtypes), md5(prosrc)
    FROM pg_proc WHERE pronamespace = CAST(:schema AS regnamespace)
    UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = CAST(:schema AS regnamespace) AND NOT tgisinternal
"""


async def test_27_the_migrations_leave_the_schema_that_the_engine_itself_would_make(core_database):
    """So an engine that was replaced by a newer one without a revision of its own is noticed."""
    made = SchemaManager.get_schema().replace("%%", "%")
    async with core_database.transaction() as db:
        await db.execute(text("CREATE SCHEMA fresh"))
        connection = await (await db.connection()).get_raw_connection()
        driver = connection.driver_connection
        await driver.execute(f"SET search_path = fresh;\n{made}")
        await driver.execute("SET search_path = ''")
        shapes = []
        for schema in ("procrastinate", "fresh"):
            rows = await db.execute(text(SHAPE), {"schema": schema})
            own = [tuple(str(cell).replace(f"{schema}.", "") for cell in row) for row in rows]
            shapes.append(sorted(own))
        await db.execute(text("DROP SCHEMA fresh CASCADE"))

    assert shapes[0] == shapes[1]
