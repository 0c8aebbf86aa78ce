"""The heartbeat of a worker: a thread with its own connection, which no busy loop can stop.

A worker that cannot beat ends its children and itself, before anybody else takes over its runs.
"""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import psycopg

from foundation.runs.pace import Pace

FENCED = 7
"""The exit code of a worker that fenced itself."""

_BEAT = """
    UPDATE foundation.run_workers SET heartbeat_at = clock_timestamp() WHERE id = %s RETURNING id
"""
_CANCELLING = """
    SELECT r.id FROM foundation.runs r
    JOIN foundation.run_attempts a ON a.run_id = r.id AND a.number = r.attempt
    WHERE r.state = 'cancelling' AND a.worker_id = %s
"""


class Heartbeat:
    """Beats for *worker_id*, hears of cancels, and calls *fence* when it must be over.

    *cancelled* is called from the thread with the id of a run that is to stop, perhaps again.
    """

    def __init__(
        self,
        conninfo: str,
        worker_id: UUID,
        *,
        pace: Pace,
        cancelled: Callable[[UUID], object],
        fence: Callable[[], object],
    ) -> None:
        self._conninfo = conninfo
        self._worker_id = worker_id
        self._pace = pace
        self._cancelled = cancelled
        self._fence = fence
        self._last = time.monotonic()
        self._over = threading.Event()

    def start(self) -> None:
        """Begin to beat, and to watch that it goes on."""
        self._last = time.monotonic()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        # A second thread: the first may hang in a connection that is half open.
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Beat no more."""
        self._over.set()

    def _beat(self) -> None:
        while not self._over.is_set():
            with (
                suppress(psycopg.Error, OSError),
                psycopg.connect(self._conninfo, autocommit=True, connect_timeout=3) as connection,
            ):
                self._listen(connection)
            self._over.wait(min(1.0, self._pace.beat))

    def _listen(self, connection: psycopg.Connection) -> None:
        connection.execute("LISTEN foundation_runs")
        while not self._over.is_set():
            self._end_if_late()  # whoever stood still must not seem to have lived on
            if connection.execute(_BEAT, (self._worker_id,)).fetchone() is None:
                return  # the row is gone: somebody holds us for dead
            self._last = time.monotonic()
            for (run_id,) in connection.execute(_CANCELLING, (self._worker_id,)):
                self._cancelled(run_id)
            for note in connection.notifies(timeout=self._pace.beat):
                run_id, _, state = note.payload.partition(" ")
                if state == "cancelling":
                    self._cancelled(UUID(run_id))
                if time.monotonic() - self._last >= self._pace.beat:
                    break

    def _watch(self) -> None:
        while not self._over.wait(min(1.0, self._pace.beat)):
            self._end_if_late()

    def _end_if_late(self) -> None:
        if time.monotonic() - self._last > self._pace.fence_after:
            self._fence()
            os._exit(FENCED)
