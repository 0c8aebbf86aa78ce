"""How long the supervisor waits for what; all in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """The defaults are what runs; tests take shorter ones.

    The times of a stop nest: the machine's grace of 40 s, then *kill*, *graceful* (what requests
    get), 20 s for a handler, 5 s for a statement.
    """

    together: float = 20.0
    ready: float = 20.0
    silence: float = 20.0
    dump: float = 0.5
    graceful: float = 25.0
    kill: float = 32.0
    healthy: float = 60.0
    backoff: float = 30.0
    look: float = 10.0
    tick: float = 0.5

    def delay(self, crashes: int) -> float:
        """Return how long a slot waits after *crashes* in a row: 0, 1, 2, 4 ... *backoff*."""
        return 0.0 if crashes == 0 else min(2.0 ** (crashes - 1), self.backoff)


LARGEST_WORKER = 350 * 1024 * 1024
"""Bytes of resident memory above which a worker is rolled."""

CRASHES = 5
"""Crashes of every slot within `Timing.healthy` that make a crash loop, when none is ready."""
