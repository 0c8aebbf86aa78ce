"""How the parts of a process are, from what was last seen."""

import asyncio

from sqlalchemy import text

from foundation.db.engine import Database
from foundation.errors import Unavailable
from foundation.http.readiness import Finding, Look, Watch
from foundation.ports import Part

from .conftest import fault


async def fine() -> Finding:
    return Finding(ok=True)


async def test_every_part_is_looked_at_before_anything_is_served():
    watch = Watch()

    async with watch.over([Look("a", fine), Look("b", fine, required=False)]):
        assert watch.parts() == (Part("a", ok=True), Part("b", ok=True, required=False))


async def test_a_part_that_refuses_is_away_with_its_reason():
    async def away() -> Finding:
        raise Unavailable("all connections are busy")

    part = await Watch().look(Look("database", away))

    assert (part.ok, part.detail) == (False, "all connections are busy")


async def test_a_part_that_fails_tells_its_kind_and_not_its_text():
    async def leaky() -> Finding:
        raise RuntimeError("password=hunter2")

    part = await Watch().look(Look("database", leaky))

    assert (part.ok, part.detail) == (False, "failed with RuntimeError")


async def test_a_connection_that_died_while_idle_makes_no_part_look_away(
    core_database, core_database_url
):
    async def see() -> Finding:
        async with core_database.reading() as db:
            found.append(await db.scalar(text("SELECT pg_backend_pid()")))
        return Finding(ok=True)

    found: list[int] = []
    await see()
    another = Database(core_database_url)
    async with another.reading() as other:
        await other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": found[0]})
    await another.dispose()

    part = await Watch().look(Look("database", see))

    assert (part.ok, part.detail) == (True, "")
    assert found[1] != found[0]


async def test_a_part_whose_connections_die_again_and_again_is_away():
    looked = []

    async def dying() -> Finding:
        looked.append(1)
        raise fault("08006", lost=True)

    part = await Watch().look(Look("database", dying))

    assert (part.ok, part.detail) == (False, "failed with DBAPIError")
    assert len(looked) == 2


async def test_a_part_that_hangs_is_given_up():
    async def hang() -> Finding:
        await asyncio.sleep(60)
        return Finding(ok=True)

    part = await Watch().look(Look("redis", hang, within_s=0.05))

    assert (part.ok, part.detail) == (False, "no answer within 0.05 s")


async def test_a_part_that_comes_back_is_seen_again():
    seen = [Finding(ok=False, detail="away"), Finding(ok=True)]
    looked = asyncio.Event()

    async def see() -> Finding:
        if len(seen) == 1:
            looked.set()
        return seen.pop(0) if len(seen) > 1 else seen[0]

    watch = Watch()
    async with watch.over([Look("database", see, every_s=0.01)]):
        assert not watch.parts()[0].ok
        async with asyncio.timeout(60):
            await looked.wait()
            while not watch.parts()[0].ok:
                await asyncio.sleep(0.01)


async def test_nobody_looks_any_more_after_the_end():
    counted = []

    async def see() -> Finding:
        counted.append(1)
        return Finding(ok=True)

    async with Watch().over([Look("a", see, every_s=0.01)]), asyncio.timeout(60):
        while len(counted) < 2:
            await asyncio.sleep(0.01)
    before = len(counted)
    await asyncio.sleep(0.05)

    assert len(counted) == before
