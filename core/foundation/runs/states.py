"""The states of a run and its allowed moves; a trigger in the database holds the same table."""

import random
from collections.abc import Mapping
from typing import Literal

State = Literal["queued", "running", "cancelling", "succeeded", "failed", "cancelled", "lost"]

FINAL: frozenset[State] = frozenset({"succeeded", "failed", "cancelled", "lost"})
BUSY: tuple[State, ...] = ("running", "cancelling")
"""States in which an attempt may still write."""

MOVES: Mapping[State, frozenset[State]] = {
    "queued": frozenset({"running", "cancelled"}),
    "running": frozenset({"succeeded", "failed", "queued", "lost", "cancelling"}),
    "cancelling": frozenset({"cancelled", "succeeded", "failed"}),
    "succeeded": frozenset(),
    "failed": frozenset(),
    "cancelled": frozenset(),
    "lost": frozenset(),
}

MAX_DRAINS = 20
"""How often a run may be put back by a worker that stops, without it counting as a failure."""

FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 900.0


def backoff(failures: int, *, jitter: float | None = None) -> float:
    """Return the seconds before the next try after *failures* of them: 5, 15, 45 ... 900.

    *jitter* is a share from 0 to 0.2 that is added, random when not given.
    """
    share = random.uniform(0, 0.2) if jitter is None else jitter  # noqa: S311  # no secret
    waits = FIRST_WAIT_S * 3 ** max(failures - 1, 0)
    return float(min(waits, LONGEST_WAIT_S) * (1 + share))
