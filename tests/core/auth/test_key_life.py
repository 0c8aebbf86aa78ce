"""A key is made, activated once everybody has it, and retired once nothing needs it."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from foundation.audit.actor import Actor, Source
from foundation.audit.models import AuditRow
from foundation.audit.record import Recorder, declared
from foundation.auth import key_events
from foundation.auth.key_life import KeyRefused, activate, key_status, new_key, retire
from foundation.auth.keys import open_ring
from foundation.auth.models import Key
from foundation.auth.processes import beat
from foundation.auth.repository import deployment_id
from foundation.clock import SystemClock
from foundation.crypto.ring import KeyRing
from foundation.errors import NotFound

FIRST = "k1 a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="


def record(db, event):
    recorder = Recorder(declared(key_events.ALL), SystemClock(), "test")
    recorder.record(db, event, Source(Actor("system"), "system", "test"))


class Site:
    """A database with a ring of one key, and a process that lives."""

    def __init__(self, database, path):
        self.database, self.path, self.id = database, path, uuid4()

    def deploy(self, *lines: str) -> None:
        self.path.unlink(missing_ok=True)
        self.path.write_text("\n".join([*lines, "active k1", ""]))
        self.path.chmod(0o400)

    async def ring(self) -> KeyRing:
        async with self.database.transaction() as db:
            return await open_ring(db, self.path, tables=[])

    async def roll(self) -> KeyRing:
        ring = await self.ring()
        await beat(self.database, ring, id=self.id)
        return ring

    async def new(self, kid: str) -> str:
        async with self.database.transaction() as db:
            made = await new_key(db, kid, deployment=await deployment_id(db), record=record)
        assert "line" not in repr(made)
        return made.line

    async def activate(self, kid: str) -> None:
        async with self.database.transaction() as db:
            await activate(db, kid, record=record)

    async def retire(self, kid: str) -> None:
        async with self.database.transaction() as db:
            await retire(db, kid, tables=[], record=record)

    async def states(self) -> dict[str, str]:
        async with self.database.reading() as db:
            return dict(list(await db.execute(select(Key.kid, Key.state))))


@pytest.fixture
async def site(core_database, tmp_path) -> Site:
    site = Site(core_database, tmp_path / "ring")
    site.deploy(FIRST)
    await site.roll()
    return site


async def test_a_key_goes_from_pending_to_active_to_retired(site):
    line = await site.new("k2")
    assert await site.states() == {"k1": "active", "k2": "pending"}

    site.deploy(FIRST, line)
    await site.roll()
    await site.activate("k2")
    assert await site.states() == {"k1": "superseded", "k2": "active"}

    ring = await site.roll()
    assert ring.active == "k2"  # the table decides, not the file's line
    await site.retire("k1")
    assert await site.states() == {"k1": "retired", "k2": "active"}


async def test_each_step_is_told(site):
    site.deploy(FIRST, await site.new("k2"))
    await site.roll()
    await site.activate("k2")
    await site.roll()
    await site.retire("k1")

    async with site.database.reading() as db:
        found = (await db.scalars(select(AuditRow).order_by(AuditRow.occurred_at))).all()
    told = [(row.type, row.target_id) for row in found]
    assert told == [
        ("system.key.created", "k2"),
        ("system.key.activated", "k2"),
        ("system.key.retired", "k1"),
    ]


async def test_a_pending_key_that_is_not_deployed_seals_nothing(site):
    await site.new("k2")

    assert (await site.ring()).reason is None


async def test_a103_a_key_is_not_activated_while_one_process_lacks_it(site):
    line = await site.new("k2")
    other = Site(site.database, site.path)
    await other.roll()
    site.deploy(FIRST, line)
    await site.roll()

    with pytest.raises(KeyRefused, match="do not have the key k2"):
        await site.activate("k2")
    assert await site.states() == {"k1": "active", "k2": "pending"}


async def test_a_key_that_writes_is_not_retired(site):
    with pytest.raises(KeyRefused, match="activate another first"):
        await site.retire("k1")


async def test_a_key_that_a_process_still_writes_with_is_not_retired(site):
    site.deploy(FIRST, await site.new("k2"))
    await site.roll()
    await site.activate("k2")

    with pytest.raises(KeyRefused, match="still write with k1"):
        await site.retire("k1")


async def test_an_id_is_never_used_twice(site):
    await site.new("k2")

    for kid in ("k1", "k2", "active", "K 3", ""):
        with pytest.raises(KeyRefused):
            await site.new(kid)


async def test_a_key_nobody_knows_is_not_found(site):
    with pytest.raises(NotFound):
        await site.activate("k9")


async def test_a_retired_key_stays_retired(site):
    site.deploy(FIRST, await site.new("k2"))
    await site.roll()
    await site.activate("k2")
    await site.roll()
    await site.retire("k1")
    await site.retire("k1")

    with pytest.raises(KeyRefused, match="retired"):
        await site.activate("k1")


async def test_the_status_names_fingerprints_and_no_key(site):
    line = await site.new("k2")
    async with site.database.reading() as db:
        known = await key_status(db, [])

    assert [(key.kid, key.state, key.values) for key in known] == [
        ("k1", "active", 0),
        ("k2", "pending", 0),
    ]
    assert line.split()[1] not in repr(known)
