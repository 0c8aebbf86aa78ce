"""Signals as bytes on a pipe, so that the one thread meets them between its other work."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

WATCHED = (
    signal.SIGTERM,
    signal.SIGINT,
    signal.SIGHUP,
    signal.SIGUSR2,
    signal.SIGCHLD,
)


@contextmanager
def signals_as_bytes() -> Iterator[int]:
    """Give a descriptor on which each signal arrives as a byte; afterwards all is as it was."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    before = {number: signal.signal(number, _heard) for number in WATCHED}
    wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield reading
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)


def _heard(number: int, frame: FrameType | None) -> None:
    """Do nothing: the byte on the pipe says it, and a default handler would end the process."""
