"""The ring at start: right, new, or sealed with a reason, against a real table of keys."""

import asyncio
import base64
from uuid import UUID

import pytest
from sqlalchemy import Column, MetaData, Table, Text, select, text

from foundation.auth.keys import open_ring
from foundation.auth.models import Key
from foundation.crypto.envelope import Binding
from foundation.secret import Secret

PLACE = Binding(UUID(int=1), 1, "password", "basic")


@pytest.fixture
def make_ring(tmp_path):
    def make(*kids: str, letter: str = "k", active: str = ""):
        path = tmp_path / f"ring-{letter}-{'-'.join(kids)}"
        lines = [
            f"{kid} {base64.b64encode(((kid + letter) * 32)[:32].encode()).decode()}"
            for kid in kids
        ]
        path.write_text("\n".join([*lines, f"active {active or kids[0]}", ""]))
        path.chmod(0o400)
        return path

    return make


@pytest.fixture
def opened(core_database):
    async def opened(path, tables=()):
        async with core_database.transaction() as db:
            return await open_ring(db, path, tables=tables)

    return opened


async def kids(database) -> dict[str, str]:
    async with database.reading() as db:
        return dict(list(await db.execute(select(Key.kid, Key.state))))


async def test_the_first_ring_is_noted_and_opens_again(core_database, opened, make_ring) -> None:
    first = await opened(make_ring("k1"))
    sealed = first.for_plugin("x").seal(Secret("value"), PLACE)
    again = await opened(make_ring("k1"))

    assert again.for_plugin("x").open(sealed, PLACE) == Secret("value")
    assert await kids(core_database) == {"k1": "active"}


async def test_three_workers_that_start_at_once_note_a_key_once(
    core_database, opened, make_ring
) -> None:
    path = make_ring("k1")
    rings = await asyncio.gather(*(opened(path) for _ in range(3)))

    assert not any(ring.is_sealed for ring in rings)
    assert await kids(core_database) == {"k1": "active"}


async def test_a_second_key_is_noted_as_pending(core_database, opened, make_ring) -> None:
    await opened(make_ring("k1"))
    await opened(make_ring("k1", "k2"))

    assert await kids(core_database) == {"k1": "active", "k2": "pending"}


async def test_a103_a_wrong_ring_is_sealed_and_notes_nothing(
    core_database, opened, make_ring
) -> None:
    await opened(make_ring("k1"))
    wrong = await opened(make_ring("k1", "k2", letter="x"))

    assert "other bytes" in (wrong.reason or "")
    assert await kids(core_database) == {"k1": "active"}


async def test_without_a_ring_nothing_is_noted(core_database, opened) -> None:
    assert (await opened(None)).is_sealed
    assert await kids(core_database) == {}


async def test_a102_sealed_values_whose_keys_are_lost_seal_the_ring(
    core_database, opened, make_ring
) -> None:
    async with core_database.transaction() as db:
        await db.execute(text("CREATE SCHEMA x"))
        await db.execute(text("CREATE TABLE x.secrets (kid text, wdek text)"))
        await db.execute(text("INSERT INTO x.secrets VALUES ('k1', 'w')"))
    secrets = Table("secrets", MetaData(), Column("kid", Text), Column("wdek", Text), schema="x")
    plain = Table("plain", MetaData(), Column("kid", Text), schema="x")
    ring = await opened(make_ring("k1"), tables=(plain, secrets))

    assert "knows nothing" in (ring.reason or "")
    assert await kids(core_database) == {}
