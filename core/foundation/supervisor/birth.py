"""The first generation: one process imports, forks a worker for each slot, and leaves them to us.

Three workers that import the same for themselves keep two cores busy for twice as long. Later ones
are started alone: they have new code, or one of theirs has just died.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.supervisor.adopted import Adopted
from foundation.supervisor.child import Child, Pipes
from foundation.supervisor.judge import how_it_ended
from foundation.supervisor.report import Report
from foundation.supervisor.slot import Slot

_PR_SET_CHILD_SUBREAPER = 36
_BEGIN = b"b"
_NOTE = 64
"""More bytes than a slot and a process id take."""


@dataclass(slots=True, eq=False)
class Birth:
    """The process that brings the first workers, while it runs."""

    slots: Sequence[Slot]
    pipes: Sequence[Pipes]
    process: subprocess.Popen[bytes]
    told: int
    born: float

    @classmethod
    def begin(cls, slots: Sequence[Slot], now: float) -> "Birth | None":
        """Start the first workers: together, or each alone where only one is wanted or can be."""
        if len(slots) < 2 or not _inherit(wanted=True):
            _start_each(slots, now)
            return None
        recipe, pipes = slots[0].recipe, [Pipes.open() for _ in slots]
        told, tell = os.pipe()
        os.set_blocking(told, False)
        arguments, given = ["--tell", str(tell)], [tell]
        for slot, own in zip(slots, pipes, strict=True):
            handed = (slot.listening().fileno(), own.its_link, own.its_lifeline)
            arguments += ["--post", ":".join(map(str, (*handed, slot.index, slot.series)))]
            given += handed
        try:
            process = recipe.run("foundation.asgi.preload", arguments, given)
        finally:
            os.close(tell)
            for own in pipes:
                own.given()
        return cls(slots, pipes, process, told, now)

    def settle(self, now: float, report: Report) -> "Birth | None":
        """Put each worker in its slot when it is there; returns itself while that is to come.

        Where they do not come, in time or at all, each is started alone: what is wrong with it is
        then told as ever.
        """
        late = now - self.born >= self.slots[0].timing.together
        if self.process.poll() is None and not late:
            return self
        pids = self._pids() if self.process.returncode == 0 else {}
        if len(pids) == len(self.slots):
            self._hand_over(pids, now)
            return None
        self.end()
        how = "not in time" if late else how_it_ended(self.process.returncode)
        report.say("warning", "the workers did not start together; each starts alone", how=how)
        _start_each(self.slots, now)
        return None

    def _hand_over(self, pids: Mapping[int, int], now: float) -> None:
        self._close()
        for slot, own in zip(self.slots, self.pipes, strict=True):
            worker = Adopted(pids[slot.index])
            slot.current = Child(
                worker, slot.index, slot.series, own.link, own.lifeline, born=now, heard=now
            )
            with contextlib.suppress(BrokenPipeError):  # ended already: seen at the next look
                os.write(own.lifeline, _BEGIN)

    def end(self) -> None:
        """End it with whatever it has forked: until they begin, all are of its group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-self.process.pid, 0)
        self._close()
        for own in self.pipes:
            own.close()

    def _pids(self) -> dict[int, int]:
        """Return the process id of each worker by its slot."""
        said = b""
        with contextlib.suppress(BlockingIOError):
            said = os.read(self.told, _NOTE * len(self.slots))
        pairs = (line.split() for line in said.splitlines())
        return {int(slot): int(pid) for slot, pid in pairs}

    def _close(self) -> None:
        os.close(self.told)
        _inherit(wanted=False)


def _start_each(slots: Sequence[Slot], now: float) -> None:
    for slot in slots:
        slot.start(now)


def _inherit(*, wanted: bool) -> bool:
    """Become the parent of processes whose own parent ends, or not any more; False if we cannot."""
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0) == 0)
