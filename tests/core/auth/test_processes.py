"""A process tells that it lives and which keys it has, and hears which one writes."""

import base64
from uuid import uuid4

import pytest
from sqlalchemy import func, text, update

from foundation.auth.keys import open_ring
from foundation.auth.models import Key, Process
from foundation.auth.processes import alive, beat, sign_of_life


@pytest.fixture
async def ring(core_database, tmp_path):
    path = tmp_path / "ring"
    keys = [f"{kid} {base64.b64encode(kid[-1:].encode() * 32).decode()}" for kid in ("k1", "k2")]
    path.write_text("\n".join([*keys, "active k1", ""]))
    path.chmod(0o400)
    async with core_database.transaction() as db:
        return await open_ring(db, path, tables=[])


async def living(database):
    async with database.reading() as db:
        return await alive(db)


async def test_a_process_is_alive_with_its_keys_until_it_leaves(core_database, ring):
    async with sign_of_life(core_database, ring):
        (one,) = await living(core_database)
        assert (one.kids, one.active) == (("k1", "k2"), "k1")
    assert await living(core_database) == []


async def test_a_process_that_was_not_seen_is_taken_for_dead(core_database, ring):
    await beat(core_database, ring, id=uuid4())
    async with core_database.transaction() as db:
        await db.execute(update(Process).values(seen_at=func.now() - text("interval '31 seconds'")))

    assert await living(core_database) == []


async def test_an_activation_reaches_a_process_with_its_next_beat(core_database, ring):
    id = uuid4()
    await beat(core_database, ring, id=id)
    async with core_database.transaction() as db:
        await db.execute(update(Key).where(Key.kid == "k1").values(state="superseded"))
        await db.execute(update(Key).where(Key.kid == "k2").values(state="active"))
    await beat(core_database, ring, id=id)

    assert ring.active == "k2"
    assert [process.active for process in await living(core_database)] == ["k2"]


async def test_a_sealed_ring_reports_no_key(core_database, ring):
    await beat(core_database, ring.sealed("wrong"), id=uuid4())

    assert [process.kids for process in await living(core_database)] == [()]
