"""The log of one attempt on its way to the database: gathered, cut into chunks, kept in bounds."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime

from foundation.runs.journal import HEAD_BYTES, TAIL_BYTES

CHUNK_BYTES = 64 * 1024
MOST_LINE = 8_000
STAMP = 31
"""Characters that each line has beside its own: its time before it, its end behind it."""

Line = tuple[datetime, str]
Keep = Callable[[int, list[Line]], Awaitable[None]]
Drop = Callable[[int], Awaitable[None]]


class LogBook:
    """Gathers lines; `flush` hands them on as chunk 1, 2, 3 and drops the middle of a long log."""

    def __init__(self, keep: Keep, drop: Drop) -> None:
        self._keep, self._drop = keep, drop
        self._lines: list[Line] = []
        self._size = 0
        self._n = 0
        self._head = 0
        self._tail: deque[tuple[int, int]] = deque()
        self._tail_size = 0

    @property
    def is_full(self) -> bool:
        """Whether what is gathered fills a chunk."""
        return self._size >= CHUNK_BYTES

    def add(self, at: datetime, line: str) -> None:
        """Gather one line; a longer one than 8,000 characters is cut."""
        kept = line if len(line) <= MOST_LINE else f"{line[:MOST_LINE]} [cut]"
        self._lines.append((at, kept.replace("\0", "\N{REPLACEMENT CHARACTER}")))
        self._size += len(kept) + STAMP

    async def flush(self) -> None:
        """Hand on what is gathered."""
        if not self._lines:
            return
        lines, size = self._lines, self._size
        self._lines, self._size = [], 0
        self._n += 1
        await self._keep(self._n, lines)
        await self._bound(size)

    async def _bound(self, size: int) -> None:
        if not self._tail and self._head + size <= HEAD_BYTES:
            self._head += size
            return
        self._tail.append((self._n, size))
        self._tail_size += size
        while self._tail_size > TAIL_BYTES and len(self._tail) > 1:
            n, dropped = self._tail.popleft()
            self._tail_size -= dropped
            await self._drop(n)
