"""The sink: whole lines on a descriptor that several processes share."""

import contextlib
import fcntl
import os
import threading
from pathlib import Path

ATOMIC = 4_096
"""Bytes a pipe takes in one piece (PIPE_BUF on Linux); longer writes may be torn apart."""


class Sink:
    """Writes lines to *descriptor*; *lock*, a file, keeps the long ones of several processes whole.

    Short writers share the lock and a long one has it alone, so no short line lands inside a
    long one. Each process opens the file itself: a lock belongs to the open file, and one that
    was inherited would shut nobody out.
    """

    def __init__(self, descriptor: int = 1, *, lock: Path | None = None) -> None:
        self._descriptor = descriptor
        self._thread = threading.Lock()
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._lock = None if lock is None else os.open(lock, flags, 0o600)

    def msg(self, line: bytes) -> None:
        """Write *line*; a reader that has gone away is no reason to fail."""
        with self._thread, contextlib.suppress(OSError):
            if self._lock is None:
                _write(self._descriptor, line)
                return
            kind = fcntl.LOCK_SH if len(line) <= ATOMIC else fcntl.LOCK_EX
            fcntl.flock(self._lock, kind)
            try:
                _write(self._descriptor, line)
            finally:
                fcntl.flock(self._lock, fcntl.LOCK_UN)

    log = debug = info = warn = warning = error = critical = fatal = exception = msg

    def close(self) -> None:
        """Give the lock file back; the descriptor stays open."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _write(descriptor: int, line: bytes) -> None:
    while line:
        line = line[os.write(descriptor, line) :]
