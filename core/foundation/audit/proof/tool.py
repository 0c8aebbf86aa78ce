"""The offline verifier as a command: it needs a file, a note and a key; no database, no network."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from foundation.audit.proof.judge import Judge, Report
from foundation.audit.proof.note import NoteRefused, carried, open_note, read_notes, read_verifier
from foundation.audit.proof.receipts import Receipts
from foundation.audit.proof.told import told_in

SOUND, TAMPERED, UNDECIDABLE = 0, 1, 2
STEP, BAR = 1 << 14, 40
"""Lines between two looks at the progress, and how wide its bar is."""


def verify(
    export: Path,
    *,
    checkpoint: Path,
    keys: Sequence[str],
    older: Sequence[Path] = (),
    receipts: Sequence[Path] = (),
    shows: bool = False,
) -> Report:
    """Return what is found in *export*; raises `NoteRefused` and `OSError` when it cannot tell.

    *checkpoint* may hold several notes, one after another. The export is proved by the note it
    carries, where one of *keys* signed it, else by the newest; the others are compared with it.
    With *shows* a bar on stderr tells how far it is.
    """
    known = [read_verifier(key) for key in keys]
    texts = [text for path in (checkpoint, *older) for text in read_notes(path.read_text("utf-8"))]
    if not texts:
        raise NoteRefused("the checkpoint is not a signed note")
    notes = sorted((open_note(text, known) for text in texts), key=lambda each: each.size)
    with export.open("rb") as file:
        own = carried(file.readline(), known)
    newest = own if own and any(each.origin == own.origin for each in notes) else notes[-1]
    absences = told_in(_read(export, "reading", shows=shows))
    before = [each for each in notes if each is not newest and each.origin == newest.origin]
    judge = Judge(newest, before, told=absences)
    promised = Receipts()
    for path in receipts:
        with path.open(encoding="utf-8", errors="replace") as log:
            promised.read(log)
    for line in _lines(export, shows=shows):
        judge.take(line)
        if receipts:
            with suppress(KeyError, TypeError, ValueError):  # the judge tells of such a line
                promised.take(line)
    report = judge.finish()
    for fault in promised.left():
        report.fault(fault)
    return report


def _lines(path: Path, *, shows: bool) -> Iterator[dict[str, Any]]:  # JSON
    for raw in _read(path, "proving", shows=shows):
        try:
            line = json.loads(raw)
        except ValueError:
            line = None
        yield line if isinstance(line, dict) else {"kind": "unreadable"}


def _read(path: Path, words: str, *, shows: bool) -> Iterator[bytes]:
    size, done = max(path.stat().st_size, 1), 0
    with path.open("rb") as file:
        for number, raw in enumerate(file):
            if shows and number % STEP == 0:
                _show(words, done, size)
            yield raw
            done += len(raw)
    if shows:
        _show(words, size, size)
        sys.stderr.write("\n")


def _show(words: str, done: int, size: int) -> None:
    filled = min(done, size) * BAR // size
    sys.stderr.write(f"\r{words} [{'#' * filled:<{BAR}}] {min(done, size) * 100 // size:3d} %")
    sys.stderr.flush()


def told(report: Report) -> list[str]:
    """Return *report* as lines for people."""
    lines = [f"note: {remark}" for remark in report.remarks]
    if report.more_remarks:
        lines.append(f"note: and {report.more_remarks} more")
    lines += [f"TAMPERED: {fault}" for fault in report.faults]
    if report.more:
        lines.append(f"TAMPERED: and {report.more} more")
    if not report.faults:
        lines.append(f"sound: {report.events} events")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify what *arguments* name and return 0 sound, 1 tampered, 2 undecidable."""
    parser = argparse.ArgumentParser(description="Prove an export of the audit trail.")
    parser.add_argument("--export", type=Path, required=True, help="the NDJSON file")
    parser.add_argument("--checkpoint", type=Path, required=True, help="signed notes, the newest")
    parser.add_argument("--vkey", action="append", required=True, help="name+id+key; may repeat")
    parser.add_argument("--older", type=Path, action="append", default=[], help="earlier notes")
    parser.add_argument(
        "--receipts", type=Path, action="append", default=[], help="logs of the service"
    )
    parser.add_argument(
        "--progress", action="store_true", help="a bar, even where stderr is no terminal"
    )
    given = parser.parse_args(arguments)
    try:
        report = verify(
            given.export,
            checkpoint=given.checkpoint,
            keys=given.vkey,
            older=given.older,
            receipts=given.receipts,
            shows=given.progress or sys.stderr.isatty(),
        )
    except (NoteRefused, OSError, UnicodeDecodeError) as refused:
        sys.stderr.write(f"cannot tell: {refused}\n")
        return UNDECIDABLE
    sys.stdout.write("\n".join(told(report)) + "\n")
    return TAMPERED if report.faults else SOUND
