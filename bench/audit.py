"""Measures what the audit trail costs: ratios of changes with and without it, and of its pages.

Run with ``python bench/audit.py [events]``. The numbers are for comparing two states of the code
on one machine; PostgreSQL runs here with its own settings.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType, Target
from foundation.audit.mac import Macs
from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.reader import Trail, TrailFilter
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import Publisher
from foundation.clock import SystemClock
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.engine import Database
from foundation.db.migrate import upgrade
from foundation.db.model import metadata_for
from foundation.secret import Secret

MADE = EventType("things.thing.made", "Thing made")
SOURCE = Source(Actor("user", name="Ada"), "things", "r")
MACS = Macs({"a": b"m" * 32}, "a")
TASKS, CHANGES, ROUNDS, LOOKS = 4, 60, 6, 30

Change = Callable[[Database, int], Awaitable[None]]


class Base(DeclarativeBase):
    """The tables of the measurement."""

    metadata = metadata_for("bench")


class Thing(Base):
    """What is changed."""

    __tablename__ = "things"

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]


SETUP = (
    "CREATE SCHEMA bench",
    "CREATE TABLE bench.things (id int PRIMARY KEY, size int)",
    "INSERT INTO bench.things SELECT n, 0 FROM generate_series(0, 9999) n",
    "CREATE TABLE bench.chain (n bigserial PRIMARY KEY, hash bytea)",
    "INSERT INTO bench.chain (hash) VALUES ('\\x00')",
)
FILL = text("""
    INSERT INTO foundation.audit_log (event_id, occurred_at, format, type, type_version, plugin,
        severity, actor_type, actor_id, actor_name, outcome, request_id, app_version, target_type,
        target_id)
    SELECT gen_random_uuid(), now() - n * interval '20 ms', 1,
        CASE n % 50 WHEN 0 THEN 'things.thing.eaten' ELSE 'things.thing.made' END, 1, 'things',
        'normal', 'user', gen_random_uuid(), 'Ada',
        CASE n % 40 WHEN 0 THEN 'denied' ELSE 'success' END,
        lpad((10000000 - n)::text, 12, '0'), '1', 'thing',
        (n % 1000)::text
    FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n
""")


def recorder() -> Recorder:
    """Return a recorder that seals its rows."""
    return Recorder(declared([MADE, *TRAIL_EVENTS]), SystemClock(), "1", MACS, "bench")


RECORDER = recorder()


async def bare(database: Database, number: int) -> None:
    """Change a row."""
    async with database.transaction() as db:
        await db.execute(update(Thing).where(Thing.id == number).values(size=Thing.size + 1))


async def told(database: Database, number: int) -> None:
    """Change a row and record it."""
    async with database.transaction() as db:
        await db.execute(update(Thing).where(Thing.id == number).values(size=Thing.size + 1))
        RECORDER.record(db, MADE(Target("thing", str(number))), SOURCE)


async def chained(database: Database, number: int) -> None:
    """Change a row, record it, and hash it onto the last one under a lock, for comparison."""
    async with database.transaction() as db:
        await db.execute(update(Thing).where(Thing.id == number).values(size=Thing.size + 1))
        RECORDER.record(db, MADE(Target("thing", str(number))), SOURCE)
        await db.flush()
        await db.execute(text("SET LOCAL lock_timeout = 0"))
        await db.execute(select(func.pg_advisory_xact_lock(1)))
        await db.execute(
            text(
                "INSERT INTO bench.chain (hash) SELECT sha256(hash) FROM bench.chain"
                " ORDER BY n DESC LIMIT 1"
            )
        )


async def rate(database: Database, change: Change) -> float:
    """Return changes a second from a few tasks at once."""

    async def some(task: int) -> None:
        for number in range(CHANGES):
            await change(database, task * CHANGES + number)

    began = time.perf_counter()
    await asyncio.gather(*map(some, range(TASKS)))
    return TASKS * CHANGES / (time.perf_counter() - began)


async def costs(database: Database) -> None:
    """Print how much slower a change gets: the best of several rounds, in turn."""
    sealer = Sealer(
        database, RECORDER, MACS, Publisher(database, SystemClock(), None), "foundation/audit/bench"
    )

    async def keep() -> None:
        while True:
            await sealer.seal()
            await asyncio.sleep(0.5)

    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, change, sealing in (
            ("bare change", bare, False),
            ("with its event", told, False),
            ("with event and sealer", told, True),
            ("with an inline chain", chained, False),
        ):
            task = asyncio.create_task(keep()) if sealing else None
            found = await rate(database, change)
            best[name] = max(found, best.get(name, 0.0))
            if task:
                task.cancel()
    for name, found in best.items():
        print(f"{name:<24}{found:8.0f}/s  x{best['bare change'] / found:.2f}")


async def pages(database: Database, events: int) -> None:
    """Print how the time of a page grows with the trail."""
    base: dict[str, float] = {}
    filled = 0
    for size in (10_000, events):
        for first in range(filled + 1, size + 1, 50_000):
            async with database.transaction() as db:
                await db.execute(text("SET LOCAL statement_timeout = 0"))
                last = min(first + 49_999, size)
                await db.execute(FILL, {"first": first, "last": last})
        filled = size
        async with database.apart() as connection:  # as autovacuum does by and by
            await connection.execute(text("VACUUM (ANALYZE) foundation.audit_log"))
        deep = SystemClock().now()
        async with database.reading() as db:
            middle = text(
                "SELECT min(occurred_at) + (max(occurred_at) - min(occurred_at)) / 2"
                " FROM foundation.audit_log WHERE request_id <> 'r'"
            )
            deep = await db.scalar(middle)
        for name, asked in (
            ("first page", TrailFilter()),
            ("filtered page", TrailFilter(type="things.thing.eaten")),
            ("denied only", TrailFilter(outcome="denied")),
            ("one target", TrailFilter(target="thing:77")),
            ("one request", TrailFilter(request=f"{10_000_000 - size // 2:012}")),
            ("half-way page", TrailFilter(until=deep)),
        ):
            took = []
            async with database.reading() as db:  # once, to warm up
                await Trail(db).page(asked, limit=50)
            for _ in range(LOOKS):
                async with database.reading() as db:
                    began = time.perf_counter()
                    await Trail(db).page(asked, limit=50)
                    took.append(time.perf_counter() - began)
            median = statistics.median(took) * 1000
            base.setdefault(name, median)
            print(f"{name:<16}{size:>10} events {median:7.2f} ms  x{median / base[name]:.2f}")


async def main(url: Secret, events: int) -> None:
    """Measure all."""
    await upgrade(url, (), say=lambda _: None)
    database = Database(url)
    async with database.transaction() as db:
        for statement in SETUP:
            await db.execute(text(statement))
    await costs(database)
    await pages(database, events)
    await database.dispose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as a user of its own
        server = EmbeddedPostgres(Path(folder) / "pg")
        try:
            asyncio.run(main(server.start(print), int((sys.argv[1:] or ["1000000"])[0])))
        finally:
            server.stop()
