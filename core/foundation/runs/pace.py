"""How often a worker looks, and how long it waits: one place, so that tests can hurry it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Times in seconds. A worker fences itself at *fence_after*, long before *dead_after*."""

    beat: float = 5.0
    fence_after: float = 40.0
    dead_after: float = 60.0
    sweep: float = 5.0
    undelivered_after: float = 60.0
    grace_after: float = 5.0
    """From SIGTERM to SIGKILL of a child."""
    drain: float = 20.0
    flush: float = 1.0
    progress: float = 0.5
    put_back: float = 30.0
    """How long a run waits whose job this worker does not know."""
