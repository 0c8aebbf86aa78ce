"""The pulse of a worker: tells the supervisor each second that the loop turns, and how late."""

import asyncio

from foundation.asgi.link import Link
from foundation.telemetry import metrics

STEP = 0.5
_STEPS_A_BEAT = 2
_STEPS_A_LOOK = 10


class Pulse:
    """Beats on *link*; `lag` is how late the loop was, in seconds, or is by now."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._due = 0.0
        self._last = 0.0

    def lag(self) -> float:
        """Return the lag of the last step, or that of the present one when it is worse."""
        if not self._due:
            return 0.0
        return max(self._last, asyncio.get_running_loop().time() - self._due)

    async def run(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        step = 0
        while True:
            self._due = loop.time() + STEP
            await asyncio.sleep(STEP)
            self._last = loop.time() - self._due
            metrics.observe_loop(self._last)
            step += 1
            if step % _STEPS_A_BEAT == 0:
                self._link.beat()
            if step % _STEPS_A_LOOK == 0:
                metrics.observe_process()
