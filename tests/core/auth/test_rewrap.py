"""Values move to the active key whatever interrupts, repeats or accompanies it."""

import asyncio
import base64
import os
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.schema import CreateSchema, CreateTable

from foundation.audit.actor import Actor, Source
from foundation.audit.models import AuditRow
from foundation.audit.record import Recorder, declared
from foundation.auth import key_events
from foundation.auth.key_life import KeyRefused, retire
from foundation.auth.rewrap import move, reencrypted
from foundation.clock import SystemClock
from foundation.crypto.envelope import Binding, SealedValue
from foundation.crypto.keyfile import Keys
from foundation.crypto.ring import KeyRing, SealBroken
from foundation.db.engine import Database
from foundation.db.sealed import SEALED, SealedPlace
from foundation.ids import uuid7
from foundation.secret import Secret

PARTS = ("wnonce", "wdek", "nonce", "ct")
TABLE = Table(
    "secrets",
    MetaData(schema="vaulted"),
    Column("thing", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("fmt", Integer),
    Column("kid", Text),
    *(Column(part, LargeBinary) for part in PARTS),
    info={SEALED: SealedPlace("thing", "version", "field", literal("basic"))},
)
DEPLOYMENT = UUID(int=5)
RECORDER = Recorder(declared(key_events.ALL), SystemClock(), "test")


def record(db, event):
    RECORDER.record(db, event, Source(Actor("system"), "system", "test"))


class Crash(Exception):
    pass


def crashing(after: int):
    """Return a recorder that ends the work at one of its batches."""
    left = [after]

    def crash(db, event):
        left[0] -= 1
        if left[0] < 0:
            raise Crash
        record(db, event)

    return crash


@dataclass
class House:
    """A table of sealed values, a ring that grows, and what was last written where."""

    database: Database
    keys: dict[str, bytes] = field(default_factory=lambda: {"k0": os.urandom(32)})
    active: str = "k0"
    written: dict[tuple, str] = field(default_factory=dict)

    @property
    def ring(self) -> KeyRing:
        return KeyRing(Keys(self.keys, self.active), deployment=DEPLOYMENT)

    def rotate(self) -> None:
        self.active = f"k{len(self.keys)}"
        self.keys = {**self.keys, self.active: os.urandom(32)}

    async def write(self, value: str, *, thing: UUID | None = None, version: int = 1) -> UUID:
        thing = thing or uuid7()
        place = Binding(thing, version, "password", "basic")
        sealed = self.ring.for_plugin("vaulted").seal(Secret(value), place)
        parts = {part: getattr(sealed, part) for part in (*PARTS, "kid", "fmt")}
        async with self.database.transaction() as db:
            await db.execute(
                insert(TABLE).values(thing=thing, version=version, field="password", **parts)
            )
        self.written[thing, version] = value
        return thing

    async def move(self, **options):
        return await move(self.database, self.ring, TABLE, **{"record": record, **options})

    async def rows(self):
        async with self.database.reading() as db:
            return list(await db.execute(select(TABLE).order_by(TABLE.c.thing)))

    async def opened(self) -> dict[tuple, str]:
        found = {}
        for row in await self.rows():
            place = Binding(row.thing, row.version, row.field, "basic")
            sealed = SealedValue(row.fmt, row.kid, *(getattr(row, part) for part in PARTS))
            try:
                found[row.thing, row.version] = (
                    self.ring.for_plugin("vaulted").open(sealed, place).reveal()
                )
            except SealBroken:
                found[row.thing, row.version] = "broken"
        return found


@pytest.fixture
async def house(core_database) -> House:
    async with core_database.transaction() as db:
        await db.execute(CreateSchema("vaulted"))
        await db.execute(CreateTable(TABLE))
    return House(core_database)


async def _seven(house) -> None:
    for number in range(7):
        await house.write(f"value {number}")
    house.rotate()


async def test_every_value_moves_and_opens_as_before(house):
    await _seven(house)

    outcome = await house.move(batch=3)

    assert (outcome.table, outcome.values, outcome.broken) == ("vaulted.secrets", 7, 0)
    assert {row.kid for row in await house.rows()} == {"k1"}
    assert await house.opened() == house.written


async def test_the_values_themselves_are_not_touched(house):
    await _seven(house)
    before = [row.ct for row in await house.rows()]
    await house.move()

    assert [row.ct for row in await house.rows()] == before


async def test_a_second_run_moves_nothing(house):
    await _seven(house)
    await house.move()

    assert (await house.move()).values == 0


async def test_an_interrupted_run_goes_on_where_it_was(house):
    await _seven(house)
    with pytest.raises(Crash):
        await house.move(batch=2, record=crashing(2))
    assert sorted(row.kid for row in await house.rows()) == ["k0"] * 3 + ["k1"] * 4

    assert (await house.move(batch=2)).values == 3
    assert await house.opened() == house.written


async def test_two_runs_at_once_move_each_value_once(house):
    await _seven(house)

    outcomes = await asyncio.gather(*(house.move(batch=1) for _ in range(2)))
    rest = await house.move()

    assert sum(outcome.values for outcome in (*outcomes, rest)) == 7
    assert await house.opened() == house.written


async def test_a_value_that_does_not_open_stays_and_is_counted(house):
    await _seven(house)
    async with house.database.transaction() as db:
        one = (await db.execute(select(TABLE.c.thing).limit(1))).scalar_one()
        await db.execute(update(TABLE).where(TABLE.c.thing == one).values(wdek=b"x" * 48))

    outcome = await house.move(batch=2)

    assert (outcome.values, outcome.broken) == (6, 1)


async def test_a105_a_key_that_an_old_version_needs_is_not_retired(house):
    await _seven(house)
    async with house.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO foundation.keys (kid, fingerprint, check_nonce, check_ct, state)"
                " VALUES ('k0', 'f', '', '', 'superseded')"
            )
        )
    with pytest.raises(KeyRefused, match="7 values in vaulted.secrets still need the key k0"):
        async with house.database.transaction() as db:
            await retire(db, "k0", tables=[TABLE], record=record)
    await house.move()
    async with house.database.transaction() as db:
        await retire(db, "k0", tables=[TABLE], record=record)


async def test_after_a_leak_each_value_gets_a_data_key_of_its_own(house):
    await _seven(house)
    await house.move()
    before = {row.ct for row in await house.rows()}

    outcome = await house.move(renew=reencrypted, batch=3)

    assert outcome.values == 7
    assert before.isdisjoint({row.ct for row in await house.rows()})
    assert await house.opened() == house.written


async def test_each_batch_is_told_with_its_count(house):
    await _seven(house)
    await house.move(batch=4)

    async with house.database.reading() as db:
        told = (await db.scalars(select(AuditRow.detail).order_by(AuditRow.event_id))).all()
    assert [detail["values"] for detail in told] == [4, 3]


STEPS = st.lists(
    st.sampled_from(["create", "update", "rotate", "rewrap", "crash", "restore", "damage"]),
    min_size=4,
    max_size=14,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS, st.randoms(use_true_random=False))
async def test_whatever_happens_each_value_opens_as_last_written_or_is_reported(
    house, steps, chance
):
    async with house.database.transaction() as db:
        await db.execute(delete(TABLE))
    house.written, damaged = {}, set()
    for number, step in enumerate(steps):
        things = sorted({thing for thing, _ in house.written})
        if step == "create":
            await house.write(f"value {number}")
        elif step == "rotate":
            house.rotate()
        elif step == "rewrap":
            assert (await house.move(batch=2)).broken <= len(damaged)
        elif step == "crash" and things:
            with suppress(Crash):
                await house.move(batch=1, record=crashing(chance.randint(0, 2)))
        elif things:
            thing = chance.choice(things)
            newest = max(version for one, version in house.written if one == thing)
            if step == "update":
                await house.write(f"value {number}", thing=thing, version=newest + 1)
            elif step == "restore" and (thing, 1) not in damaged:
                old = (await house.opened())[thing, 1]
                await house.write(old, thing=thing, version=newest + 1)
            elif step == "damage":
                damaged.add((thing, newest))
                async with house.database.transaction() as db:
                    here = (TABLE.c.thing == thing) & (TABLE.c.version == newest)
                    await db.execute(update(TABLE).where(here).values(ct=base64.b64encode(b"x")))

    expected = {place: "broken" if place in damaged else v for place, v in house.written.items()}
    assert await house.opened() == expected
