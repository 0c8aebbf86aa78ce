"""What a worker stands on is in its metrics soon after it has started."""

import asyncio

from foundation.app.gauges import gauging, tell
from foundation.telemetry import metrics


async def test_connections_are_told_while_the_block_runs(app):
    metrics.install()
    async with gauging(app.parts, every_s=0.01), asyncio.timeout(60):
        while b'foundation_db_pool_connections{state="room"} 8.0' not in metrics.render():
            await asyncio.sleep(0.01)

    assert b"foundation_redis_breaker_open" in metrics.render()


async def test_where_the_tables_of_each_owner_are_is_told(app):
    metrics.install()
    async with gauging(app.parts, every_s=60), asyncio.timeout(60):
        while b'foundation_schema_info{owner="projects",' not in metrics.render():
            await asyncio.sleep(0.01)

    assert b'foundation_schema_info{owner="foundation",revision="foundation_' in metrics.render()


async def test_a_connection_at_work_is_seen(app):
    metrics.install()
    async with app.parts.database.reading() as db:
        await db.connection()
        tell(app.parts)

    assert 'foundation_db_pool_connections{state="used"} 1.0' in metrics.render().decode()
