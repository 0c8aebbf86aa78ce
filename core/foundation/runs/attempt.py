"""The worker's side of one attempt: has a child, hears it, and sees that it ends."""

import asyncio
import codecs
import contextlib
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Literal

from foundation.clock import Clock
from foundation.runs.children import Child, Children, kill_group
from foundation.runs.job import LeaseLost
from foundation.runs.lending import Lend, packed, secrets_in
from foundation.runs.logbook import CHUNK_BYTES, LogBook
from foundation.runs.masking import Mask, Strainer
from foundation.runs.moves import Ending
from foundation.runs.pace import Pace
from foundation.runs.wire import MOST_LINE, Message, Orders, pack, unpack

HEAR_S = 60.0
"""How long a child that has ended is heard out."""

Why = Literal["cancel", "timeout", "drain", "lease"]
Tell = Callable[[Message], Awaitable[None]]


class Running:
    """One child process and what is known of it."""

    def __init__(
        self,
        orders: Orders,
        *,
        grace_s: float,
        pace: Pace,
        clock: Clock,
        book: LogBook,
        progress: Tell,
        lend: Lend,
    ) -> None:
        self._orders = orders
        self._grace_s = grace_s
        self._pace = pace
        self._clock = clock
        self._book = book
        self._progress = progress
        self._lend = lend
        self._mask = Mask()
        self._strainer = Strainer(self._mask)
        self._lending: set[asyncio.Task[None]] = set()
        self._child: Child | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._said: Ending | None = None
        self._heard = 0
        self._why: Why | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._newest: Message | None = None
        self._flushing = asyncio.Lock()

    async def run(self, children: Children) -> Ending:
        """Start the child and return how it ended; raises `LeaseLost` when a write is refused."""
        try:
            child, reader = await self._start(children)
        except OSError as fault:
            told = f"no process could be started: {fault}"
            return Ending("failed", code="not_started", message=told, retryable=True)
        tasks = [
            asyncio.create_task(self._hear(reader)),
            asyncio.create_task(self._overhear(child.printed)),
            asyncio.create_task(self._keep_on()),
            asyncio.create_task(self._ping()),
        ]
        ended = child.ended
        try:
            over: set[asyncio.Future[Any]] = {ended, tasks[2]}
            await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                tasks[2].result()  # raises why nothing can be written any more
            kill_group(child.pid)
            # All that could still say something is dead, so both streams end soon.
            await asyncio.wait(tasks[:1], timeout=HEAR_S)
            await self._heard_out(tasks[1])
            await self._flush(final=True)
            return self._ending(await ended)
        finally:
            kill_group(child.pid)
            for task in (*tasks, *self._lending, self._stopping):
                if task is not None:
                    task.cancel()
            if self._writer is not None:
                self._writer.close()
            child.close()
            await ended

    def stop(self, why: Why, *, grace_s: float | None = None) -> None:
        """Ask the handler to end; then SIGTERM, then SIGKILL for its whole group."""
        if self._why is not None:
            return
        self._why = why
        grace = self._grace_s if grace_s is None else grace_s
        self._stopping = asyncio.create_task(self._stop(grace))

    def kill(self) -> None:
        """End the child and all it started, at once; may be called from any thread."""
        if self._child is not None:
            kill_group(self._child.pid)

    async def _stop(self, grace_s: float) -> None:
        if self._writer is not None:
            with contextlib.suppress(OSError):
                self._writer.write(pack({"t": "cancel"}))
        await asyncio.sleep(grace_s)
        if self._child is not None and not self._child.ended.done():
            self._child.terminate()
            await asyncio.sleep(self._pace.grace_after)
            self.kill()

    async def _start(self, children: Children) -> tuple[Child, asyncio.StreamReader]:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._child = await children.start(theirs)
            except BaseException:
                ours.close()
                raise
        reader, self._writer = await asyncio.open_connection(sock=ours, limit=MOST_LINE)
        self._writer.write(self._orders.packed())
        if self._why is not None:  # a cancel that came before the child
            self._writer.write(pack({"t": "cancel"}))
        return self._child, reader

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        """Take what the child says until its end."""
        with contextlib.suppress(ConnectionError, ValueError):
            async for line in reader:
                await self._said_so(unpack(line))
        if self._writer is not None:
            self._writer.close()  # now the child may leave

    async def _said_so(self, message: Message) -> None:
        match message["t"]:
            case "log":
                await self._note(message["line"])
            case "progress":
                told = {name: message[name] for name in ("done", "total", "unit", "phase")}
                self._newest = self._mask.data(told)
            case "ask":
                asked = asyncio.create_task(self._answer(message))
                self._lending.add(asked)
                asked.add_done_callback(self._lending.discard)
            case "done":
                self._said = Ending("succeeded", result=self._mask.data(message["result"]))
            case "stopped":
                self._said = Ending("stopped")
            case "failed":
                self._said = Ending(
                    "failed",
                    code=self._mask.text(message["code"]),
                    message=self._mask.text(message["message"]),
                    retryable=message["retryable"],
                    after=message["after"],
                )

    async def _overhear(self, stream: asyncio.StreamReader) -> None:
        """Take what is printed as lines of the log; one without an end is taken in pieces."""
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        rest = ""
        while came := await stream.read(CHUNK_BYTES):
            self._heard += 1
            *lines, rest = (rest + decode(came)).split("\n")
            if len(rest) > CHUNK_BYTES:
                lines, rest = [*lines, rest], ""
            for line in lines:
                await self._note(line.rstrip("\r"))
        if rest:
            await self._note(rest)

    async def _heard_out(self, overhearing: asyncio.Task[None]) -> None:
        """Wait until all that was printed is kept, however slowly; or nothing comes any more.

        The end of the stream does not always come: who left the group may hold it open.
        """
        silent, ends = 0, time.monotonic() + HEAR_S
        while silent < 2 and not overhearing.done() and time.monotonic() < ends:
            kept = self._heard
            await asyncio.wait([overhearing], timeout=1)
            # Twice: this process may have stood still while it waited for the first time.
            silent = silent + 1 if self._heard == kept else 0

    async def _answer(self, asked: Message) -> None:
        """Hand over what is asked for, and hide it from then on in all that is said."""
        answer = await self._lend(asked)
        self._mask.hold(secrets_in(answer))
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(packed(asked["n"], answer))

    async def _note(self, line: str) -> None:
        self._strainer.add((self._clock.now(), line))
        if self._strainer.size >= CHUNK_BYTES:
            await self._flush()

    async def _keep_on(self) -> None:
        """Write what has come, until refused."""
        flushed = time.monotonic()
        while True:
            await asyncio.sleep(self._pace.progress)
            now = time.monotonic()
            if self._newest is not None:
                newest, self._newest = self._newest, None
                await self._progress(newest)
            if now - flushed >= self._pace.flush:
                flushed = now
                await self._flush()

    async def _ping(self) -> None:
        """Tell the child that we are here, even while the database is not."""
        while self._writer is not None and not self._writer.is_closing():
            self._writer.write(pack({"t": "ping"}))
            await asyncio.sleep(self._pace.beat)

    async def _flush(self, *, final: bool = False) -> None:
        async with self._flushing:  # chunks are written in their order
            for at, line in self._strainer.take(final=final):
                self._book.add(at, line)
            await self._book.flush()
            if self._newest is not None:
                newest, self._newest = self._newest, None
                await self._progress(newest)

    def _ending(self, code: int) -> Ending:
        """Say how it ended: what it said itself counts, and silence is a crash."""
        exit_ = _exit(code)
        if self._why == "lease":
            raise LeaseLost("another attempt has taken over")
        said = self._said
        if said is not None and said.how in {"succeeded", "failed"}:
            return replace(said, exit=exit_)
        if self._why == "drain":
            told = "its worker was told to stop"
            return Ending("interrupted", code="interrupted", message=told, exit=exit_)
        if self._why is not None:
            return Ending("stopped", code=self._why, exit=exit_)
        return Ending("crash", code="crash", message=f"its process ended: {exit_}", exit=exit_)


def _exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    return f"signal {signal.Signals(-code).name}"
