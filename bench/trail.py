"""Three workers record and seal 20,000 events and are killed at random; then lies are told.

Run by hand: ``python bench/trail.py [events]``, 20,000 unless told otherwise, which takes some 2
minutes. Afterwards single rows of a copy are edited, removed, put in and swapped, and the offline
verifier has to find each. Ends with 1 when an event has no leaf or a lie is not found.
"""

import asyncio
import copy
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from foundation.audit.evidence import Evidence
from foundation.audit.export import whole
from foundation.audit.mac import Macs
from foundation.audit.outside import NotesFile, Outside
from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.proof.judge import Judge
from foundation.audit.proof.note import open_note, read_notes
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import KeyFile, Publisher
from foundation.clock import SystemClock
from foundation.crypto.signing import SigningKey
from foundation.db.embedded.server import EmbeddedPostgres
from foundation.db.engine import Database
from foundation.db.migrate import upgrade
from foundation.ids import uuid7
from foundation.secret import Secret

WRITER = Path(__file__).parents[1] / "tests" / "core" / "audit" / "writer_process.py"
ORIGIN, WORKERS, LIES = "foundation/audit/test", 3, 10
SIGNS = KeyFile(ORIGIN, (SigningKey.of(b"s" * 32),))
MACS = Macs({"a": b"m" * 32}, "a")

Line = dict[str, Any]  # JSON


def start(url: Secret, folder: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    """Start a worker that records *count* events while it seals."""
    command = [sys.executable, str(WRITER), url.reveal(), str(folder), name, str(count)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def recorded(url: Secret, folder: Path, count: int) -> int:
    """Let workers record *count* events, killing one now and then; returns how many were killed."""
    chance, killed, each = random.Random(7), 0, count // 20  # noqa: S311  # no secret
    names = (f"w{number}" for number in range(10_000))
    workers = [start(url, folder, next(names), each) for _ in range(WORKERS)]
    while committed(folder) < count:
        time.sleep(chance.uniform(0.5, 2.0))
        victim = workers.pop(chance.randrange(WORKERS))
        if victim.poll() is None and chance.random() < 0.5:
            victim.kill()
            killed += 1
        victim.wait()
        workers.append(start(url, folder, next(names), each))
    for worker in workers:
        worker.wait()
    return killed


def committed(folder: Path) -> int:
    """Return how many events the workers say they have committed."""
    return sum(file.read_text().count("\n") for file in folder.glob("*.committed"))


def ids(folder: Path) -> set[str]:
    """Return the events that the workers say they have committed; a cut last line is none."""
    lines = (line for file in folder.glob("*.committed") for line in file.read_text().splitlines())
    return {line for line in lines if len(line) == 36}


async def proved(url: Secret, folder: Path) -> bool:
    """Seal the rest, compare the tree with what was committed, verify, and tell lies."""
    database = Database(url)
    recorder = Recorder(declared(TRAIL_EVENTS), SystemClock(), "1", MACS, "bench")
    outside = Outside(NotesFile(folder / "notes"))
    publisher = Publisher(database, SystemClock(), SIGNS, outside)
    sealer = Sealer(database, recorder, MACS, publisher, ORIGIN)
    while await sealer.seal():
        pass
    while await publisher.publish():
        pass
    async with database.reading() as db:
        head = await Evidence(db).head(signed=True)
        assert head is not None
        lines = [line async for line in whole(db, head)]
        leaves = set(await db.scalars(text("SELECT event_id::text FROM foundation.audit_leaves")))
    said = ids(folder)
    lost, doubled = len(said - leaves), head.tree_size - len(leaves)
    print(f"{len(said)} committed, {head.tree_size} leaves; {lost} without one, {doubled} with two")
    note = open_note(read_notes((folder / "notes").read_text())[-1], SIGNS.verifiers)
    faults = len(judged(lines, note).faults)
    print(f"untouched: {faults} faults")
    kept = not (lost or doubled or faults)
    for name, lie in (("edited", edit), ("removed", remove), ("put in", put_in), ("swapped", swap)):
        chance = random.Random(name)  # noqa: S311  # no secret
        found = sum(bool(judged(lie(lines, chance), note).faults) for _ in range(LIES))
        print(f"{name:<8} {found} of {LIES} found")
        kept &= found == LIES
    await database.dispose()
    print("all of it kept" if kept else "MISSED")
    return kept


def judged(lines: list[Line], note: Any) -> Any:  # a Checkpoint, a Report
    """Return what the verifier says of *lines*."""
    judge = Judge(note)
    for line in lines:
        judge.take(line)
    return judge.finish()


def events(lines: list[Line]) -> list[int]:
    """Return where the events are."""
    return [at for at, line in enumerate(lines) if line["kind"] == "event"]


def edit(lines: list[Line], chance: random.Random) -> list[Line]:
    """Change one cell of one row."""
    made, at = [*lines], chance.choice(events(lines))
    made[at] = copy.deepcopy(lines[at])
    made[at]["envelope"][chance.choice(["outcome", "actor_id", "target_id", "occurred_at"])] = "x"
    return made


def remove(lines: list[Line], chance: random.Random) -> list[Line]:
    """Take one row away."""
    at = chance.choice(events(lines))
    return lines[:at] + lines[at + 1 :]


def put_in(lines: list[Line], chance: random.Random) -> list[Line]:
    """Put a row in that never was."""
    at = chance.choice(events(lines))
    forged = copy.deepcopy(lines[at])
    forged["event_id"] = forged["envelope"]["event_id"] = str(uuid7())
    return [*lines[:at], forged, *lines[at:]]


def swap(lines: list[Line], chance: random.Random) -> list[Line]:
    """Let two rows change places."""
    made, (one, two) = [*lines], chance.sample(events(lines), 2)
    made[one] = lines[two] | {"leaf": lines[one]["leaf"]}
    made[two] = lines[one] | {"leaf": lines[two]["leaf"]}
    return made


def main(count: int, say: Callable[[str], None]) -> bool:
    """Do it all on a database of its own; tells whether all was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as a user of its own
        server = EmbeddedPostgres(folder / "pg")
        try:
            url = server.start(say)
            asyncio.run(upgrade(url, (), say=lambda _: None))
            began = time.perf_counter()
            killed = recorded(url, folder, count)
            print(f"{count} events in {time.perf_counter() - began:.0f} s, {killed} workers killed")
            return asyncio.run(proved(url, folder))
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(0 if main(int((sys.argv[1:] or ["20000"])[0]), lambda _: None) else 1)
