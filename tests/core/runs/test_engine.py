"""Procrastinate behind the port: it carries what was asked for, and stops when told."""

import asyncio

import pytest
from sqlalchemy import text

from foundation.runs.engine import ProcrastinateDelivery, conninfo
from foundation.secret import Secret


async def test_it_hands_over_a_delivery_and_deletes_its_own_row(office, core_database_url):
    id = await office.start("short")
    got = asyncio.Queue()

    async def deliver(run, attempt):
        await got.put((run, attempt))

    delivery = ProcrastinateDelivery(core_database_url, poll_s=0.5)
    serving = asyncio.create_task(delivery.serve(deliver, queues=["default"], slots=1))
    taken = await asyncio.wait_for(got.get(), 20)
    await delivery.stop()
    await asyncio.wait_for(serving, 20)

    assert taken == (id, 0)
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
