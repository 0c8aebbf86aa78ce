"""Measures what recording costs: changes a second without their event, with it, and with more.

Run by hand: ``python bench/audit.py``, on a quiet machine; it takes about a minute. The *bare
change* is what a repository of the product does: read a row by its id, change it, write it with its
version. *With its event* is the same on a guarded table, watched by both guards. Each round
measures every kind in turn, a ratio is of one round, and the spread is that of all rounds. Ends
with 1 when recording costs more than `LIMIT` times the bare change.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.audit import guard
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Detail, EventType, Plain, Target
from foundation.audit.mac import Macs
from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import Publisher
from foundation.clock import SystemClock
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.engine import Database
from foundation.db.migrate import upgrade
from foundation.db.model import VersionedRow, metadata_for
from foundation.ids import uuid7
from foundation.secret import Secret

LIMIT = 1.6
TASKS, CHANGES, ROUNDS = 4, 75, 12
ROWS = TASKS * CHANGES

Change = Callable[[Database, int], Awaitable[None]]


class Renamed(Detail):
    """What an event of an edited thing says."""

    before: Annotated[str, Plain]
    after: Annotated[str, Plain]


RENAMED = EventType("things.thing.renamed", "Thing renamed", Renamed, targets=("thing",))
SOURCE = Source(Actor("user", uuid7(), "Ada Admin", uuid7()), "things", str(uuid7()))
MACS = Macs({"a": b"m" * 32}, "a")
RECORDER = Recorder(declared([RENAMED, *TRAIL_EVENTS]), SystemClock(), "1", MACS, "00000000-bench")
IDS = [uuid7() for _ in range(ROWS)]


class Base(DeclarativeBase):
    """The tables of the measurement."""

    metadata = metadata_for("bench")


class Thing(VersionedRow, Base):
    """What is changed, and has its event."""

    __tablename__ = "things"

    name: Mapped[str] = mapped_column()
    size: Mapped[int] = mapped_column()


class Free(VersionedRow, Base):
    """The same, where nobody asks for an event."""

    __tablename__ = "free"

    name: Mapped[str] = mapped_column()
    size: Mapped[int] = mapped_column()


async def bare(database: Database, at: int) -> None:
    """Read a row, change it, write it."""
    async with database.transaction() as db:
        row = await db.get_one(Free, IDS[at])
        row.name = _other(row.name)


async def told(database: Database, at: int) -> None:
    """Do the same, guarded and recorded."""
    async with database.transaction() as db:
        guard.watch(db)
        row = await db.get_one(Thing, IDS[at])
        before, row.name = row.name, _other(row.name)
        event = RENAMED(_target(row.id, before), before=before, after=row.name)
        RECORDER.record(db, event, SOURCE)


async def chained(database: Database, at: int) -> None:
    """Do the same, and hash the event onto the last one under a lock, for comparison."""
    async with database.transaction() as db:
        guard.watch(db)
        row = await db.get_one(Thing, IDS[at])
        before, row.name = row.name, _other(row.name)
        event = RENAMED(_target(row.id, before), before=before, after=row.name)
        RECORDER.record(db, event, SOURCE)
        await db.flush()
        await db.execute(select(func.set_config("lock_timeout", "0", True)))  # noqa: FBT003  # SQL
        await db.execute(select(func.pg_advisory_xact_lock(1)))
        await db.execute(select(func.bench.chain()))


async def least(database: Database, at: int) -> None:
    """Change a row in one statement: the least that a change can be."""
    async with database.transaction() as db:
        await db.execute(update(Free).where(Free.id == IDS[at]).values(size=Free.size + 1))


async def least_told(database: Database, at: int) -> None:
    """Do the same, guarded and recorded."""
    async with database.transaction() as db:
        guard.watch(db)
        await db.execute(update(Thing).where(Thing.id == IDS[at]).values(size=Thing.size + 1))
        RECORDER.record(db, RENAMED(_target(IDS[at], "x"), before="x", after="x"), SOURCE)


def _other(name: str) -> str:
    return "lamp in the attic" if name != "lamp in the attic" else "lamp in the cellar"


def _target(id: UUID, title: str) -> Target:
    return Target("thing", str(id), title)


KINDS: tuple[tuple[str, Change, bool, str, float | None], ...] = (
    ("the bare change", bare, False, "", None),
    ("with its event", told, False, "the bare change", LIMIT),
    ("with its event, sealer at work", told, True, "the bare change", LIMIT),
    ("with an inline hash chain", chained, False, "the bare change", None),
    ("one UPDATE, the least change", least, False, "", None),
    ("one UPDATE with its event", least_told, False, "one UPDATE, the least change", None),
)
"""Name, change, whether a sealer works beside it, what it is compared with, and the limit."""

SETUP = (
    "SELECT foundation.guard_table('bench.things')",
    "CREATE TABLE bench.links (n bigserial PRIMARY KEY, hash bytea)",
    "INSERT INTO bench.links (hash) VALUES ('\\x00')",
    """
    CREATE FUNCTION bench.chain() RETURNS void LANGUAGE sql AS $$
        INSERT INTO bench.links (hash) SELECT sha256(hash) FROM bench.links ORDER BY n DESC LIMIT 1
    $$
    """,
)


async def set_up(database: Database) -> None:
    """Make the tables, with as many rows as are changed at once."""
    async with database.transaction() as db:
        await db.execute(text("CREATE SCHEMA bench"))
        await (await db.connection()).run_sync(Base.metadata.create_all)
        for kind in (Thing, Free):
            db.add_all(kind(id=id, name="lamp", size=0) for id in IDS)
        await db.flush()
    async with database.transaction() as db:
        for statement in SETUP:
            await db.execute(text(statement))


async def rate(database: Database, change: Change) -> float:
    """Return changes a second from a few tasks at once."""

    async def some(task: int) -> None:
        for number in range(CHANGES):
            await change(database, task * CHANGES + number)

    began = time.perf_counter()
    await asyncio.gather(*map(some, range(TASKS)))
    return ROWS / (time.perf_counter() - began)


async def rounds(database: Database) -> dict[str, list[float]]:
    """Measure every kind in turn, again and again; the first round only warms up."""
    publisher = Publisher(database, SystemClock(), None)
    sealer = Sealer(database, RECORDER, MACS, publisher, "foundation/audit/bench")

    async def keep() -> None:
        while True:
            await sealer.seal()
            await asyncio.sleep(0.5)

    found: dict[str, list[float]] = {name: [] for name, *_ in KINDS}
    for turn in range(ROUNDS + 1):
        for name, change, sealing, _, _ in KINDS:
            while sealing and await sealer.seal():
                pass  # what the others left behind is not of this one's cost
            task = asyncio.create_task(keep()) if sealing else None
            speed = await rate(database, change)
            if turn:
                found[name].append(speed)
            if task:
                task.cancel()
                await asyncio.wait([task])
    return found


def told_of(found: dict[str, list[float]]) -> bool:
    """Print a line for each kind; tells whether all that has a limit keeps it."""
    print(f"{'':<32}{'a second':>9}   times the bare one: median (least to most, {ROUNDS} rounds)")
    kept = True
    for name, _, _, against, limit in KINDS:
        line = f"{name:<32}{statistics.median(found[name]):9.0f}"
        if against:
            ratios = [one / own for one, own in zip(found[against], found[name], strict=True)]
            median = statistics.median(ratios)
            line += f"   {median:.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            if limit is not None:
                kept &= median <= limit
                line += f"   limit {limit:.2f}: {'kept' if median <= limit else 'MISSED'}"
        print(line)
    return kept


async def main(url: Secret) -> bool:
    """Measure all; tells whether the limit is kept."""
    await upgrade(url, (), say=lambda _: None)
    database = Database(url)
    await set_up(database)
    found = await rounds(database)
    await database.dispose()
    return told_of(found)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as a user of its own
        server = EmbeddedPostgres(Path(folder) / "pg")
        try:
            is_kept = asyncio.run(main(server.start(lambda _: None)))
        finally:
            server.stop()
    sys.exit(0 if is_kept else 1)
