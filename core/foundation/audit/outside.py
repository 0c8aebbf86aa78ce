"""Where signed heads are kept beyond the database's reach: a file, and a folder of objects."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from foundation.audit.proof.note import Checkpoint, NoteRefused, Verifier, open_note, read_notes

TAIL = 16_384
"""Bytes at the end of the file that surely hold its last note."""


@dataclass(slots=True)
class NotesFile:
    """A file to which each note is added."""

    path: Path

    def keep(self, note: str) -> None:
        """Add *note* in one write, and see it to the disk; raises `OSError`."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(descriptor, f"{note}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def newest(self) -> str | None:
        """Return the last note; only the end of the file is read."""
        if not self.path.is_file():
            return None
        with self.path.open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - TAIL, 0))
            found = read_notes(file.read().decode("utf-8", "replace"))
        return found[-1] if found else None


@dataclass(slots=True)
class NotesFolder:
    """A folder in which a note is a file of its own, written once: a bucket with object lock."""

    path: Path
    _newest: Path | None = field(default=None, init=False)

    def keep(self, note: str, epoch: int, size: int) -> None:
        """Write *note* under its place in the log; one that is there stays as it is."""
        path = self.path / f"e{epoch:06}-{size:015}.note"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440)
        except FileExistsError:
            return
        with os.fdopen(descriptor, "wb") as out:
            out.write(note.encode())
            out.flush()
            os.fsync(out.fileno())
        self._newest = path

    def newest(self) -> str | None:
        """Return the note of the largest tree; the folder is listed once in a process."""
        if self._newest is None:
            names = sorted(self.path.glob("e*.note")) if self.path.is_dir() else []
            self._newest = names[-1] if names else None
        return None if self._newest is None else self._newest.read_text("utf-8")


@dataclass(slots=True)
class Outside:
    """All places outside; either may be absent."""

    file: NotesFile | None = None
    folder: NotesFolder | None = None

    def newest(self, keys: tuple[Verifier, ...]) -> Checkpoint | None:
        """Return the newest note of ours in any of them; raises `NoteRefused` and `OSError`."""
        texts = [place.newest() for place in (self.file, self.folder) if place is not None]
        found = [open_note(text, keys) for text in texts if text is not None]
        return max(found, key=_place, default=None)


def epoch_of(origin: str) -> int:
    """Return the epoch in the name of a log; raises `NoteRefused`."""
    _, _, epoch = origin.rpartition("/e")
    if not epoch.isdecimal():
        raise NoteRefused("the note is of another log")
    return int(epoch)


def _place(note: Checkpoint) -> tuple[int, int]:
    return epoch_of(note.origin), note.size
