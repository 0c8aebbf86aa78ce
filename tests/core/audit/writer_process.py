"""A worker for `test_workers`: records and seals until it is killed, and says what it committed."""

import asyncio
import sys
from pathlib import Path

from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType, Target
from foundation.audit.mac import Macs
from foundation.audit.outside import NotesFile, Outside
from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import KeyFile, Publisher
from foundation.clock import SystemClock
from foundation.crypto.signing import SigningKey
from foundation.db.engine import Database
from foundation.secret import Secret

MADE = EventType("things.thing.made", "Thing made")
MACS = Macs({"a": b"m" * 32}, "a")
ORIGIN = "foundation/audit/test"


async def work(url: str, folder: Path, name: str, count: int) -> None:
    """Record *count* events from four tasks while sealing; each that is committed is written down."""
    clock, database = SystemClock(), Database(Secret(url))
    recorder = Recorder(declared([MADE, *TRAIL_EVENTS]), clock, "1", MACS, name)
    signs = KeyFile(ORIGIN, (SigningKey.of(b"s" * 32),))
    publisher = Publisher(database, clock, signs, Outside(NotesFile(folder / "notes")))
    sealer = Sealer(database, recorder, MACS, publisher, ORIGIN)
    committed = (folder / f"{name}.committed").open("a", buffering=1)

    async def write() -> None:
        for number in range(count // 4):
            async with database.transaction() as db:
                event = MADE(Target("thing", str(number)))
                id = recorder.record(db, event, Source(Actor("system"), "things", name))
            committed.write(f"{id}\n")

    async def seal() -> None:
        while True:
            await sealer.seal(batch=50)
            await publisher.publish()
            await asyncio.sleep(0.01)

    sealing = asyncio.create_task(seal())
    await asyncio.gather(*(write() for _ in range(4)))
    sealing.cancel()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
