"""Measures how long an event waits for its place in the tree while others come all the time.

Run by hand: ``python bench/lag.py [seconds]``, on a quiet machine; half a minute unless told
otherwise. Two processes record 500 events a second between them, each in a transaction of its own,
and the keeper of a third works at its usual pace. The lag is from the commit of an event to the
commit of its leaf, by the database's own clock. Ends with 1 when p99 is over `LIMIT_S`, with 2
when the machine cannot record as fast as that.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType, Target
from foundation.audit.keeper import Keeper
from foundation.audit.mac import Macs
from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import KeyFile, Publisher
from foundation.clock import SystemClock
from foundation.crypto.signing import SigningKey
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.engine import Database
from foundation.db.migrate import upgrade
from foundation.ids import uuid7
from foundation.secret import Secret

EACH_S, WRITERS, TASKS = 500, 2, 4
LIMIT_S, ENOUGH = 2.0, 0.95
ORIGIN = "foundation/audit/bench"
MADE = EventType("things.thing.made", "Thing made", targets=("thing",))
SOURCE = Source(Actor("user", uuid7(), "Ada Admin", uuid7()), "things", str(uuid7()))
MACS = Macs({"a": b"m" * 32}, "a")
LAGS = text("""
    SELECT count(*), extract(epoch FROM max(recorded_at) - min(recorded_at)),
        percentile_disc(ARRAY[0.5, 0.99, 1.0]) WITHIN GROUP (ORDER BY lag)
    FROM (
        SELECT log.recorded_at, extract(epoch FROM pg_xact_commit_timestamp(leaf.xmin)
            - pg_xact_commit_timestamp(log.xmin))::float AS lag
        FROM foundation.audit_leaves leaf
        JOIN foundation.audit_log log USING (event_id, occurred_at)
        WHERE log.type = 'things.thing.made'
    ) each
""")


def recorder() -> Recorder:
    """Return a recorder that seals its rows."""
    return Recorder(declared([MADE, *TRAIL_EVENTS]), SystemClock(), "1", MACS, "bench")


async def write(url: Secret, seconds: float) -> None:
    """Record at an even pace, whatever the tasks are waiting for."""
    database, told = Database(url), recorder()
    gap = WRITERS * TASKS / EACH_S

    async def some() -> None:
        due = time.monotonic()
        for number in range(int(seconds / gap)):
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due += gap
            async with database.transaction() as db:
                told.record(db, MADE(Target("thing", str(number), "Lamp")), SOURCE)

    await asyncio.gather(*(some() for _ in range(TASKS)))
    await database.dispose()


async def measured(url: Secret, seconds: float) -> tuple[int, float, list[float]]:
    """Keep the trail while others write; returns how many events, in how long, and their lags."""
    database = Database(url)
    publisher = Publisher(database, SystemClock(), KeyFile(ORIGIN, (SigningKey.of(b"s" * 32),)))
    keeper = Keeper(Sealer(database, recorder(), MACS, publisher, ORIGIN))
    command = [sys.executable, __file__, str(seconds), url.reveal()]
    async with keeper.at_work():
        writers = [await asyncio.create_subprocess_exec(*command) for _ in range(WRITERS)]
        for writer in writers:
            await writer.wait()
        await asyncio.sleep(3 * keeper.every_s)
    while await keeper.pass_once():
        pass
    async with database.apart() as db:
        count, took, lags = (await db.execute(LAGS)).one()
    await database.dispose()
    return count, float(took), list(lags)


def main(folder: Path, seconds: float) -> int:
    """Measure on a server that notes when each transaction was committed."""
    server = EmbeddedPostgres(folder / "pg")
    try:
        asyncio.run(_note_commits(server.start(lambda _: None)))
        server.stop()
        server = EmbeddedPostgres(folder / "pg")
        url = server.start(lambda _: None)
        asyncio.run(upgrade(url, (), say=lambda _: None))
        count, took, (half, most, worst) = asyncio.run(measured(url, seconds))
    finally:
        server.stop()
    print(f"{count} events at {count / took:.0f} a second; {WRITERS} processes record, 1 seals")
    print(f"sealed after: median {half:.2f} s, p99 {most:.2f} s, at worst {worst:.2f} s")
    if count / took < EACH_S * ENOUGH:
        print(f"this machine cannot record {EACH_S} a second just now: undecided")
        return 2
    print(f"limit of p99 {LIMIT_S} s: {'kept' if most < LIMIT_S else 'MISSED'}")
    return 0 if most < LIMIT_S else 1


async def _note_commits(url: Secret) -> None:
    database = Database(url)
    async with database.apart() as db:
        await db.execute(text("ALTER SYSTEM SET track_commit_timestamp = on"))
    await database.dispose()


if __name__ == "__main__":
    if len(sys.argv) > 2:  # a writer
        asyncio.run(write(Secret(sys.argv[2]), float(sys.argv[1])))
    else:
        with tempfile.TemporaryDirectory() as place:
            Path(place).chmod(0o755)  # PostgreSQL may run as a user of its own
            sys.exit(main(Path(place), float((sys.argv[1:] or ["30"])[0])))
