"""What the tests of the sealed trail share: a recorder, a sealer, and an export to be judged."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from foundation import ids
from foundation.audit import export
from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType, Target
from foundation.audit.evidence import Evidence
from foundation.audit.mac import Macs
from foundation.audit.outside import NotesFile, Outside
from foundation.audit.own import PRUNED, TRAIL_EVENTS
from foundation.audit.proof.note import read_notes
from foundation.audit.proof.tool import verify
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import KeyFile, Publisher
from foundation.clock import SystemClock
from foundation.crypto.signing import SigningKey
from foundation.db.engine import Database

MADE = EventType("things.thing.made", "Thing made")
MACS = Macs({"a": b"m" * 32}, "a")
ORIGIN = "foundation/audit/test"
SIGNS = KeyFile(ORIGIN, (SigningKey.of(b"s" * 32),))


@dataclass
class Log:
    """A trail on a fresh database, and what is done to it."""

    database: Database
    folder: Path
    recorder: Recorder
    url: str
    before: list = field(default_factory=list)
    after: list = field(default_factory=list)

    def sealer(self, signs=SIGNS, *, notes=True):
        """Return a sealer as another worker would have it."""
        outside = Outside(NotesFile(self.notes) if notes else None)
        publisher = Publisher(self.database, SystemClock(), signs, outside)
        return Sealer(self.database, self.recorder, MACS, publisher, ORIGIN)

    @property
    def notes(self):
        return self.folder / "notes"

    async def connection(self):
        """Return a bare connection, which takes a script of many statements."""
        return await asyncpg.connect(self.url)

    def made(self):
        return MADE()

    def source(self):
        return Source(Actor("system"), "things", "r")

    def in_the_past(self, clock):
        """Return a recorder whose events happened when *clock* says."""
        return replace(self.recorder, clock=clock)

    def pruned_event(self, **detail):
        return PRUNED(**detail)

    def keep_only_the_last_note(self):
        """Leave in the file what is of the newest epoch."""
        last = read_notes(self.notes.read_text())[-1]
        self.notes.write_text(last)

    async def record(self, count=1, event=None):
        """Record *count* events, each in a transaction of its own, and return their ids."""
        made = []
        for number in range(count):
            async with self.database.transaction() as db:
                told = event or MADE(Target("thing", str(number), "Lamp"))
                source = Source(Actor("user", ids.uuid7(), "Ada"), "t", "r")
                made.append(self.recorder.record(db, told, source))
                await asyncio.sleep(0.002)  # ids of one millisecond have no order
        return made

    async def sealed(self, count=1):
        """Record and seal *count* events."""
        made = await self.record(count)
        await self.seal()
        return made

    async def seal(self):
        sealer = self.sealer()
        done = await sealer.seal()
        await sealer.publisher.publish()
        return done

    async def forge(self, *statements, **given):
        """Do as a superuser who switches the triggers off."""
        async with self.database.transaction() as db:
            for name in ("audit_log", "audit_leaves", "audit_tiles", "audit_checkpoints"):
                await db.execute(text("ALTER TABLE foundation." + name + " DISABLE TRIGGER USER"))
            for part in await db.scalars(
                text(
                    "SELECT inhrelid::regclass::text FROM pg_inherits"
                    " WHERE inhparent = 'foundation.audit_log'::regclass"
                )
            ):
                await db.execute(text("ALTER TABLE " + part + " DISABLE TRIGGER USER"))
            for statement in statements:
                await db.execute(text(statement), given)
            again = "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER mark_audited"
            await db.execute(text(again))

    async def ask(self, sql, **given):
        async with self.database.reading() as db:
            return (await db.execute(text(sql), given)).all()

    async def exported(self):
        """Return the lines of a whole export."""
        async with self.database.reading() as db:
            head = await Evidence(db).head(signed=True)
            return [line async for line in export.whole(db, head)]

    def judged(self, lines, **options):
        """Return what the verifier says of *lines*."""
        path = self.folder / "export.ndjson"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        keys = [key.text() for key in SIGNS.verifiers]
        return verify(path, checkpoint=self.notes, keys=keys, **options)

    async def verdict(self):
        return self.judged(await self.exported())


@pytest.fixture
async def log(core_database_url, tmp_path):
    database = Database(core_database_url, application_name="foundation/tests")
    recorder = Recorder(declared([MADE, *TRAIL_EVENTS]), SystemClock(), "1", MACS, "w")
    yield Log(database, tmp_path, recorder, core_database_url.reveal())
    await database.dispose()
