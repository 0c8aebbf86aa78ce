"""When enough is enough: a plugin's faults among its requests, and a part's failures in a row."""

from collections import deque
from dataclasses import dataclass, field

WINDOW_S = 60.0
FAULTS = 20
"""Unexpected exceptions within the window that trip a plugin's routes, if they are half of all."""

IN_A_ROW = 5
"""Failures in a row that put one part away."""

FIRST_WAIT_S = 300
LONGEST_WAIT_S = 3600


@dataclass(slots=True)
class Breaker:
    """Counts one plugin's requests of the last minute in this worker, and its faults among them."""

    _faults: deque[float] = field(default_factory=deque)
    _requests: deque[float] = field(default_factory=deque)

    def note(self, now: float, *, failed: bool) -> bool:
        """Count one request that ended at *now* (seconds); True if that is too much."""
        self._requests.append(now)
        if failed:
            self._faults.append(now)
        for times in (self._requests, self._faults):
            while times and times[0] <= now - WINDOW_S:
                times.popleft()
        faults = len(self._faults)
        return failed and faults >= FAULTS and 2 * faults >= len(self._requests)

    def reset(self) -> None:
        """Forget what was counted."""
        self._faults.clear()
        self._requests.clear()


@dataclass(slots=True)
class Row:
    """Counts the failures of one part in a row."""

    failures: int = 0

    def note(self, *, failed: bool) -> bool:
        """Count one run; True if it was one failure too many."""
        self.failures = self.failures + 1 if failed else 0
        return self.failures >= IN_A_ROW


def next_wait(seconds: int) -> int:
    """Return how long to wait after a probe that failed: twice as long, up to an hour."""
    return min(2 * seconds, LONGEST_WAIT_S)
