"""The first generation: one process imports, forks a worker for each slot, and leaves them to us.

Three workers that import the same for themselves keep two cores busy for twice as long. Later ones
are started alone: they have new code, or one of theirs has just died.
"""

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.supervisor.adopted import Adopted
from foundation.supervisor.child import Child, Pipes
from foundation.supervisor.importer import Importer
from foundation.supervisor.judge import how_it_ended
from foundation.supervisor.report import Report
from foundation.supervisor.slot import Slot

_BEGIN = b"b"


@dataclass(slots=True, eq=False)
class Birth:
    """The first workers, while they are still to come."""

    slots: Sequence[Slot]
    pipes: Sequence[Pipes]
    importer: Importer
    born: float

    @classmethod
    def begin(cls, slots: Sequence[Slot], importer: Importer | None, now: float) -> "Birth | None":
        """Have *importer*, or a new one, bring them; None where each had to be started alone."""
        recipe = slots[0].recipe
        importer = importer or Importer.start(recipe.app, recipe.environ)
        if importer is None:
            _start_each(slots, now)
            return None
        pipes = [Pipes.open() for _ in slots]
        posts = [
            (slot.listening().fileno(), own.its_link, own.its_lifeline, slot.index, slot.series)
            for slot, own in zip(slots, pipes, strict=True)
        ]
        importer.order(posts, recipe.graceful, recipe.environ)
        for own in pipes:
            own.given()
        return cls(slots, pipes, importer, now)

    def settle(self, now: float, report: Report) -> "Birth | None":
        """Put each worker in its slot when it is there; returns itself while that is to come.

        Where they do not come, in time or at all, each is started alone: what is wrong with it is
        then told as ever.
        """
        late = now - self.born >= self.slots[0].timing.together
        code = self.importer.process.poll()
        if code is None and not late:
            return self
        pids = self.importer.born() if code == 0 else {}
        if len(pids) == len(self.slots):
            self._hand_over(pids, now)
            return None
        self.end()
        how = "not in time" if code is None else how_it_ended(code)
        report.say("warning", "the workers did not start together; each starts alone", how=how)
        _start_each(self.slots, now)
        return None

    def end(self) -> None:
        """End what was begun."""
        self.importer.end()
        for own in self.pipes:
            own.close()

    def _hand_over(self, pids: Mapping[int, int], now: float) -> None:
        self.importer.close()
        for slot, own in zip(self.slots, self.pipes, strict=True):
            worker = Adopted(pids[slot.index])
            slot.current = Child(
                worker, slot.index, slot.series, own.link, own.lifeline, born=now, heard=now
            )
            with contextlib.suppress(BrokenPipeError):  # ended already: seen at the next look
                os.write(own.lifeline, _BEGIN)


def _start_each(slots: Sequence[Slot], now: float) -> None:
    for slot in slots:
        slot.start(now)
