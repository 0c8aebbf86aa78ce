"""The supervisor: one thread that starts workers, watches them, and stops them in order."""

import contextlib
import faulthandler
import os
import select
import signal
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from foundation.supervisor.birth import Birth
from foundation.supervisor.child import Child
from foundation.supervisor.importer import Importer
from foundation.supervisor.judge import Verdict, how_it_ended, judge, why_not_started
from foundation.supervisor.refused import Exit
from foundation.supervisor.report import Report
from foundation.supervisor.scoreboard import Scoreboard
from foundation.supervisor.signals import signals_as_bytes
from foundation.supervisor.slot import Slot
from foundation.supervisor.timing import LARGEST_WORKER, Timing


class Phase(Enum):
    """Where the whole is: the way goes only forward."""

    STARTING = auto()
    SERVING = auto()
    STOPPING = auto()


def _nothing() -> bool:
    return False


def _nobody() -> None:
    """Tell nobody."""


@dataclass(slots=True, eq=False)
class Supervisor:
    """Keeps *slots* served until told to stop.

    *on_ready* is called once with the seconds it took; *tend* about once a second, and when it
    answers True every slot is rolled. *on_leave* is called when all are to be replaced or ended.
    *importer* has begun to import what the first workers need.
    """

    slots: tuple[Slot, ...]
    report: Report
    scoreboard: Scoreboard
    timing: Timing
    on_ready: Callable[[float], None]
    tend: Callable[[], bool] = _nothing
    on_leave: Callable[[], None] = _nobody
    importer: Importer | None = None
    now: Callable[[], float] = time.monotonic
    phase: Phase = Phase.STARTING
    code: Exit = Exit.DRAINED
    birth: Birth | None = None
    rolling: deque[Slot] = field(default_factory=deque)
    born: float = 0.0
    stopped_at: float = 0.0
    tended_at: float = 0.0
    looked_at: float = 0.0
    has_terminal: bool = False

    def run(self) -> Exit:
        """Start, watch and stop; return the exit code when no worker is left."""
        self.born = self.tended_at = self.looked_at = self.now()
        self.has_terminal = _terminal_is_there()
        with signals_as_bytes() as heard:
            self.birth = Birth.begin(self.slots, self.importer, self.born)
            try:
                while self.phase is not Phase.STOPPING or self._children():
                    self._turn(heard)
            finally:
                self._give_birth_up()
                for child in self._children():
                    child.kill()
                    child.process.wait()
        return self.code

    def _turn(self, heard: int) -> None:
        """Wait for something to happen, then look at everything once."""
        watched = [heard, *(child.link for child in self._children())]
        with contextlib.suppress(InterruptedError):
            select.select(watched, [], [], self.timing.tick)
        # What workers said comes before judging their silence: we may have slept ourselves.
        for child in self._children():
            if child.hear(self.now()):
                self._ready(child)
        for number in _read(heard):
            self._signalled(number)
        if self.birth is not None:
            self.birth = self.birth.settle(self.now(), self.report)
        for child in self._children():
            if child.process.poll() is not None:
                self._ended(child)
        if self.phase is Phase.STOPPING:
            self._hurry()
        else:
            self._keep()
        self.scoreboard.write(live=sum(slot.is_ready for slot in self.slots))

    def _keep(self) -> None:
        now = self.now()
        for child in self._children():
            self._watch(child, now)
        for slot in self.slots:
            if slot.restart_at is not None and now >= slot.restart_at:
                slot.start(now)
        if now - self.looked_at >= self.timing.look:
            self.looked_at = now
            self._weigh()
        if now - self.tended_at >= 1.0:
            self.tended_at = now
            if self.tend():
                self._roll("sources changed")
        self._roll_on(now)
        if self._is_looping(now):
            self.report.say("error", "crash loop: no worker stays up; stopping")
            self._stop(Exit.CRASH_LOOP)

    # What children do

    def _ready(self, child: Child) -> None:
        slot = self.slots[child.slot]
        if child is slot.coming:
            slot.promote(self.now())
            self.report.say("info", "worker replaced", slot=child.slot, worker=child.pid)
        if self.phase is Phase.STARTING and all(slot.is_ready for slot in self.slots):
            self.phase = Phase.SERVING
            self.on_ready(self.now() - self.born)

    def _ended(self, child: Child) -> None:
        child.hear(self.now())  # its last words
        child.close()
        slot = self.slots[child.slot]
        self.scoreboard.forget(child.series)
        if child in slot.leaving:
            slot.leaving.remove(child)
            self._left(child)
        elif child is slot.coming:
            slot.give_up_next(self.now())
            self.rolling.clear()
            self._lost("the new worker did not start; the old one serves on", child)
        elif self.phase is Phase.STOPPING:
            slot.current = None
            self._left(child)
        elif self.phase is Phase.STARTING:
            slot.current = None
            self._lost("a worker did not start", child)
            self.report.explain(f"a worker did not start: {why_not_started(child)}")
            self._stop(Exit.NOT_STARTED)
        else:
            self._crashed(slot, child)

    def _crashed(self, slot: Slot, child: Child) -> None:
        delay = slot.crashed(child, self.now())
        self.scoreboard.restarts["hung" if child.killed else "crash"] += 1
        self._lost("a worker ended; it is started again", child, wait_s=delay)

    def _lost(self, message: str, child: Child, **values: float) -> None:
        told = {"how": how_it_ended(child.process.returncode), "reason": child.reason, **values}
        self.report.say("error", message, slot=child.slot, worker=child.pid, **told)

    def _left(self, child: Child) -> None:
        """Note whether a worker that was told to stop had to be cut."""
        was_cut = child.killed or child.process.returncode == Exit.CUT
        if not was_cut:
            return
        self.report.say("warning", "a worker was cut", slot=child.slot, worker=child.pid)
        if self.phase is Phase.STOPPING and self.code is Exit.DRAINED:
            self.code = Exit.CUT

    def _watch(self, child: Child, now: float) -> None:
        """End a child that is late, silent, or does not finish draining."""
        verdict = judge(child, self.timing, now)
        if verdict is Verdict.LATE:
            self.report.say("error", "a worker is not ready in time", slot=child.slot)
        if verdict is Verdict.HANGS:
            self.report.say("error", "a worker hangs", slot=child.slot, worker=child.pid)
            child.dumped_at = now
            child.send(signal.SIGUSR2)
        elif verdict is not Verdict.FINE:
            child.kill()

    def _weigh(self) -> None:
        """Roll one worker that has grown too large, unless a roll is under way."""
        if self.rolling or any(slot.coming for slot in self.slots):
            return
        for slot in self.slots:
            if slot.current is None or slot.current.resident() <= LARGEST_WORKER:
                continue
            self.scoreboard.restarts["memory"] += 1
            self.report.say("warning", "a worker has grown too large", slot=slot.index)
            self.rolling.append(slot)
            return

    # Rolling

    def _roll(self, why: str) -> None:
        self.report.say("info", "rolling the workers", why=why)
        self.rolling = deque(self.slots)
        self.on_leave()

    def _roll_on(self, now: float) -> None:
        """Start the next generation of one slot at a time."""
        if not self.rolling or self.phase is not Phase.SERVING:
            return
        if any(slot.coming for slot in self.slots):
            return
        slot = self.rolling[0]
        if slot.current is None:  # it waits after a crash: the new code is its chance
            slot.crashes = 0
            slot.start(now)
        elif slot.start_next(now) is None:
            return
        else:
            self.scoreboard.restarts["roll"] += 1
        self.rolling.popleft()

    # Stopping

    def _signalled(self, number: int) -> None:
        if number in {signal.SIGTERM, signal.SIGINT}:
            if self.phase is Phase.STOPPING:
                self._kill_all()
            else:
                self._stop(Exit.DRAINED)
        elif number == signal.SIGHUP and self.phase is not Phase.STOPPING:
            if self.has_terminal and not _terminal_is_there():
                self._stop(Exit.DRAINED)  # the window was closed, nobody asks for a roll
            else:
                self._roll("SIGHUP")
        elif number == signal.SIGUSR2:
            faulthandler.dump_traceback(all_threads=True)
            for child in self._children():
                child.send(signal.SIGUSR2)

    def _stop(self, code: Exit) -> None:
        self.phase, self.code = Phase.STOPPING, code
        self.stopped_at = self.now()
        self.rolling.clear()
        self.on_leave()
        self._give_birth_up()
        self.report.say("info", "stopping", code=int(code))
        # Ours first: a socket that nobody accepts from, but somebody holds, makes clients hang.
        for slot in self.slots:
            slot.restart_at = None
            slot.close()
        for child in self._children():
            child.stop(self.stopped_at)

    def _give_birth_up(self) -> None:
        if self.birth is not None:
            self.birth.end()
            self.birth = None

    def _hurry(self) -> None:
        if self.now() - self.stopped_at >= self.timing.kill:
            self._kill_all()

    def _kill_all(self) -> None:
        for child in self._children():
            if not child.killed:
                child.kill()

    # Looking

    def _children(self) -> list[Child]:
        return [child for slot in self.slots for child in slot.children]

    def _is_looping(self, now: float) -> bool:
        return not any(slot.is_ready for slot in self.slots) and all(
            slot.is_looping(now) for slot in self.slots
        )


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4_096)
    except BlockingIOError:
        return b""


def _terminal_is_there() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
