"""A month of the trail as files that prove themselves: written, seen to the disk, and verified."""

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.evidence import Evidence
from foundation.audit.export import Line, proved
from foundation.audit.models import AuditRow, EpochRow
from foundation.audit.months import Month, pages_of, rows_in
from foundation.audit.proof.note import Verifier
from foundation.audit.proof.tool import verify
from foundation.audit.row import spelled
from foundation.errors import Conflict


class ArchiveRefused(Conflict):
    """409: the archive of a month is not the whole month, or does not verify; it stays."""

    code, title = "archive_refused", "The month is not archived whole"


@dataclass(frozen=True, slots=True)
class Archive:
    """One file: rows of one month in one epoch, from leaf to leaf; epoch 0 is not in the tree."""

    file: str
    epoch: int
    first_leaf: int
    last_leaf: int
    rows: int
    sha256: str


async def archive(
    db: AsyncSession, month: Month, *, folder: Path, keys: Sequence[Verifier]
) -> list[Archive]:
    """Write *month* into *folder*, verify what was written, and return the files.

    Raises `ArchiveRefused` when a file does not verify under *keys*, or a row is in none.
    """
    made = list[Archive]()
    for epoch in (await db.scalars(select(EpochRow.epoch).order_by(EpochRow.epoch))).all():
        written = await _epoch(db, month, epoch, folder=folder, keys=keys)
        made += [written] if written else []
    made += [written] if (written := await _unproved(db, month, folder)) else []
    count, total = sum(each.rows for each in made), await rows_in(db, month)
    if count != total:
        raise ArchiveRefused(
            f"{month.name}: {total - count} of {total} rows are not in the signed tree;"
            " run: foundation audit export, then foundation audit verify"
        )
    manifest = {"month": month.name, "files": [asdict(each) for each in made]}
    text = json.dumps(manifest, indent=2) + "\n"
    await asyncio.to_thread(_write_whole, folder / f"audit-{month.name}.json", text.encode())
    return made


async def _epoch(
    db: AsyncSession, month: Month, epoch: int, *, folder: Path, keys: Sequence[Verifier]
) -> Archive | None:
    head = await Evidence(db).head(signed=True, epoch=epoch)
    if head is None or head.note is None:
        return None
    path = folder / f"audit-{month.name}.e{epoch}.ndjson"
    made = await _lines(path, epoch, proved(db, head, pages_of(db, month)))
    if made.rows == 0:
        path.unlink()
        return None
    note = path.with_suffix(".note")
    await asyncio.to_thread(_write_whole, note, head.note.encode())
    words = [key.text() for key in keys]
    report = await asyncio.to_thread(verify, path, checkpoint=note, keys=words)
    # Erasures are told by events of other months, which this file does not hold.
    faults = [
        fault for fault in report.faults if not fault.endswith("is gone, and no event says so")
    ]
    if faults or report.more:
        raise ArchiveRefused(f"{month.name}: {faults[0] if faults else 'many faults'}")
    return made


async def _unproved(db: AsyncSession, month: Month, folder: Path) -> Archive | None:
    """Write the rows that are older than the tree."""
    path = folder / f"audit-{month.name}.unproved.ndjson"
    made = await _lines(path, 0, _old_lines(db, month))
    if made.rows == 0:
        path.unlink()
        return None
    return made


async def _old_lines(db: AsyncSession, month: Month) -> AsyncIterator[Line]:
    columns = AuditRow.__table__.c
    async for ids in pages_of(db, month):
        within = (AuditRow.occurred_at >= month.start) & (AuditRow.occurred_at < month.end)
        asked = select(*columns).where(AuditRow.event_id.in_(ids), within, AuditRow.format == 0)
        for row in (await db.execute(asked)).mappings():
            told = {name: value for name, value in row.items() if not isinstance(value, bytes)}
            yield {"kind": "event", "leaf": -1} | {n: spelled(value) for n, value in told.items()}


async def _lines(path: Path, epoch: int, lines: AsyncIterator[Line]) -> Archive:
    """Write *lines*, and say which rows they hold."""
    hash, rows, first, last = hashlib.sha256(), 0, -1, -1
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        async for line in lines:
            raw = json.dumps(line, ensure_ascii=False).encode() + b"\n"
            hash.update(raw)
            out.write(raw)
            if line["kind"] == "event":
                leaf = line["leaf"]
                rows += 1
                first = leaf if first < 0 else min(first, leaf)
                last = max(last, leaf)
        out.flush()
        os.fsync(out.fileno())
    return Archive(path.name, epoch, first, last, rows, hash.hexdigest())


def _write_whole(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
