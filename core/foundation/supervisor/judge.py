"""What to do about a worker, from how old, how silent and how far along it is."""

from enum import Enum, auto

from foundation.supervisor.child import Child
from foundation.supervisor.timing import Timing


class Verdict(Enum):
    """What a look at a worker comes to."""

    FINE = auto()
    LATE = auto()
    HANGS = auto()
    OVERDUE = auto()


def judge(child: Child, timing: Timing, now: float) -> Verdict:
    """Return what is wrong with *child*, if anything.

    LATE is not ready in time, HANGS has been silent too long and is to show its stacks, OVERDUE
    has had its time after that, or after it was told to stop.
    """
    if child.killed:
        return Verdict.FINE
    if child.told_at is not None:
        return _over(now - child.told_at, timing.kill, Verdict.OVERDUE)
    if child.ready_at is None:
        return _over(now - child.born, timing.ready, Verdict.LATE)
    if child.dumped_at is not None:
        return _over(now - child.dumped_at, timing.dump, Verdict.OVERDUE)
    return _over(now - child.heard, timing.silence, Verdict.HANGS)


def how_it_ended(code: int) -> str:
    """Return the signal or the exit code in *code*, which is as `Popen` tells it."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def why_not_started(child: Child) -> str:
    """Return the reason that *child* gave, or where to look for one."""
    if child.reason:
        return child.reason
    if child.killed:
        return "it was not ready in time; what it wrote is above"
    return f"it ended with {how_it_ended(child.process.returncode)}; what it wrote is above"


def _over(passed: float, limit: float, verdict: Verdict) -> Verdict:
    return verdict if passed >= limit else Verdict.FINE
