"""Scrapes: the text is built in a thread, kept for three seconds and never built twice at once."""

import asyncio
import time
from collections.abc import Callable

from foundation.telemetry import metrics

KEPT = 3.0
"""Seconds for which a scrape is answered from memory: building it takes tens of ms of a core."""


class Scrape:
    """Answers scrapes of one worker; *render* builds the text and may be slow."""

    def __init__(
        self,
        render: Callable[[], bytes] = metrics.render,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._render = render
        self._now = now
        self._lock = asyncio.Lock()
        self._text = b""
        self._until = float("-inf")

    async def text(self) -> bytes:
        """Return the text, at most `KEPT` seconds old."""
        async with self._lock:
            if self._now() >= self._until:
                self._text = await asyncio.to_thread(self._render)
                self._until = self._now() + KEPT
            return self._text
