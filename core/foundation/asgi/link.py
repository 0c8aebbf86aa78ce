"""The two pipes to the supervisor: what a worker says, and how it learns that nobody listens."""

import os
import signal
import threading
from collections.abc import Callable

from foundation.linux import end_with_parent

READY = b"R"
BEAT = b"."
FAILED = b"F"
"""Followed by the reason as text, until the pipe closes."""

ORPHAN_SECONDS = 4.0
"""How long a worker without a supervisor may still take; then it ends, whatever it does."""


class Link:
    """Says on *descriptor* that the worker is ready, alive, or why it could not start."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    def ready(self) -> None:
        """Say that connections are accepted."""
        self._say(READY)

    def beat(self) -> None:
        """Say that the loop still turns."""
        self._say(BEAT)

    def failed(self, reason: str) -> None:
        """Say why there will be no worker; at most 4,000 bytes of it arrive."""
        self._say(FAILED + reason.encode("utf-8", "replace")[:4_000])

    def _say(self, word: bytes) -> None:
        try:
            os.write(self._descriptor, word)
        except OSError:  # full, or the supervisor is gone; the lifeline tells which
            return


def die_with_parent(parent: int) -> bool:
    """Ask the kernel for SIGTERM when *parent* dies; False when it is dead already.

    The kernel watches the parent's *thread* that forked, hence the supervisor has only one.
    """
    end_with_parent(signal.SIGTERM)
    return os.getppid() == parent


def watch_lifeline(descriptor: int, orphaned: Callable[[], object]) -> None:
    """Call *orphaned* from a thread when the lifeline closes, and end the process soon after.

    A thread, because it must also work when the loop is stuck.
    """

    def wait() -> None:
        while os.read(descriptor, 1):
            pass
        orphaned()
        threading.Event().wait(ORPHAN_SECONDS)
        os._exit(5)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
