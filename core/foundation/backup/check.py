"""Is a restored database the one that was copied? Rows, sessions, trail, keys, every sealed value.

`pg_restore --list` accepts a file that was cut in half; only a database that stands again proves
a dump. Nothing is changed in what is looked at.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Table
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.evidence import Evidence
from foundation.audit.export import whole
from foundation.audit.models import HeadRow
from foundation.audit.proof.judge import Judge
from foundation.audit.proof.note import Checkpoint, NoteRefused, open_note, read_notes
from foundation.audit.start import build_signer, origin_of
from foundation.auth.keys import known_keys, used_kids
from foundation.auth.repository import deployment_id
from foundation.auth.sealed_rows import sealed_of, sealed_rows
from foundation.backup.dump import LEFT_OUT, count_rows
from foundation.backup.manifest import Manifest
from foundation.crypto.check import examine
from foundation.crypto.ring import KeyRing, SealBroken
from foundation.db.engine import Database
from foundation.db.sealed import sealed_tables
from foundation.settings import Settings

BATCH = 500
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether it is as it should be, and in words."""

    part: str
    ok: bool
    words: str


def good(part: str, words: str) -> Finding:
    """Return that *part* is as it should be."""
    return Finding(part, ok=True, words=words)


def bad(part: str, words: str) -> Finding:
    """Return that *part* is not as it should be."""
    return Finding(part, ok=False, words=words)


@dataclass(frozen=True, slots=True)
class Examination:
    """Looks at a restored database, with the settings of the living one and its tables."""

    database: Database
    manifest: Manifest
    settings: Settings
    tables: Sequence[Table]

    async def findings(self) -> AsyncIterator[Finding]:
        """Look at each part in turn."""
        async with self.database.reading() as db:
            yield await self._rows(db)
            yield await self._trail(db)
            ring = KeyRing.load(self.settings.keyring_file, deployment=await deployment_id(db))
            used = await used_kids(db, self.tables)
            verdict = examine(ring, known=await known_keys(db), used=used)
            if verdict.ring.is_sealed:
                yield Finding("keys", ok=not used, words=_sealed(verdict.ring, used))
                return
            yield good("keys", f"the ring opens {', '.join(sorted(used)) or 'all it has'}")
            yield await self._values(db, verdict.ring)

    async def _rows(self, db: AsyncSession) -> Finding:
        found = await count_rows(await db.connection())
        wrong = [
            f"{table}: {found.get(table, 'no table')} for {rows}"
            for table, rows in self.manifest.tables.items()
            if found.get(table) != rows
        ]
        if wrong:
            more = f", and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
            return bad("rows", "; ".join(wrong[:MOST_NAMED]) + more)
        rows, tables = sum(found.values()), len(self.manifest.tables)
        assert not any(found.get(table) for table in LEFT_OUT)  # the manifest says none
        return good("rows", f"{rows} rows in {tables} tables, and no session")

    async def _trail(self, db: AsyncSession) -> Finding:
        """Prove the whole trail again, against its newest note and every note kept outside."""
        evidence = Evidence(db)
        broken = (await evidence.standing()).broken
        if broken is not None:
            return bad("trail", broken)
        head = await evidence.head()
        if head is None:
            return good("trail", "nothing is sealed yet")
        signs = build_signer(self.settings, origin_of(await deployment_id(db)))
        signed = await evidence.head(signed=True) if signs is not None else None
        try:
            if signs is None or signed is None or signed.note is None:
                newest = Checkpoint(await evidence.origin(head.epoch), head.tree_size, head.root)
                return await _judged(db, head, newest, remark="; no note was looked at")
            newest = open_note(signed.note, signs.verifiers)
            kept = await asyncio.to_thread(_kept_outside, self.settings.audit_notes_file)
            outside = [open_note(one, signs.verifiers) for one in kept]
        except (NoteRefused, OSError) as refused:
            return bad("trail", str(refused))
        same = [one for one in outside if one.origin == newest.origin]
        later = sum(one.size > newest.size for one in same)
        remark = f"; {later} notes outside are newer than this copy" if later else ""
        older = [one for one in same if one.size <= newest.size]
        return await _judged(db, signed, newest, older=older, remark=remark)

    async def _values(self, db: AsyncSession, ring: KeyRing) -> Finding:
        opened, broken = 0, 0
        for table in sealed_tables(self.tables):
            async for row in _each_sealed(db, table):
                if _opens(ring, table, row):
                    opened += 1
                else:
                    broken += 1
        if broken:
            return bad("values", f"{broken} of {opened + broken} do not open")
        return good("values", f"all {opened} open")


async def _judged(
    db: AsyncSession,
    head: HeadRow,
    newest: Checkpoint,
    *,
    older: Sequence[Checkpoint] = (),
    remark: str,
) -> Finding:
    judge = Judge(newest, older)
    async for line in whole(db, head):
        judge.take(json.loads(json.dumps(line)))
    report = judge.finish()
    if report.faults:
        return bad("trail", "; ".join(report.faults[:MOST_NAMED]))
    return good("trail", f"{report.events} events are proved{remark}")


def _kept_outside(file: Path | None) -> list[str]:
    return [] if file is None or not file.exists() else read_notes(file.read_text("utf-8"))


def _sealed(ring: KeyRing, used: set[str]) -> str:
    if not used:
        return "nothing is sealed here, and there is no ring"
    return ring.reason or "the ring is sealed"


async def _each_sealed(db: AsyncSession, table: Table) -> AsyncIterator[Any]:
    """Give every sealed row of *table*, some hundreds at a time."""  # rows of columns by name
    rows = list(await db.execute(sealed_rows(table).limit(BATCH)))
    while rows:
        for row in rows:
            yield row
        rows = list(await db.execute(sealed_rows(table, after=rows[-1]).limit(BATCH)))


def _opens(ring: KeyRing, table: Table, row: Row[Any]) -> bool:
    sealed, where = sealed_of(row)
    assert table.schema is not None  # every table lies in the schema of its owner
    try:
        ring.for_plugin(table.schema).open(sealed, where)
    except SealBroken:
        return False
    return True
