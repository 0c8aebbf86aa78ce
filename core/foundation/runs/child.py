"""The process of one attempt: forked, or ``python -m foundation.runs.child DESCRIPTOR PARENT``.

It runs one handler and ends. It has no ring and no settings; what it needs of the database, of
credentials and of its plugin's settings comes over the socket. Without a word from its worker it
ends itself.
"""

import asyncio
import importlib
import os
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from foundation.audit.actor import Actor
from foundation.audit.mac import Macs
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.linux import be_called, end_with_parent
from foundation.runs.handling import RunContext
from foundation.runs.job import LeaseLost, RetryLater, Work
from foundation.runs.lending import CredentialRefused, Window
from foundation.runs.moves import Lease
from foundation.runs.wire import Line, Message, Orders, pack
from foundation.secret import Secret

MOST_RESULT = 65_536
LEAVE_S = 60.0
"""How long a worker may take to hear the last words."""


def main(arguments: Sequence[str]) -> int:
    """Do what the worker at the other end of the socket orders, and return the exit code."""
    descriptor, parent = map(int, arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    be_called("attempt")
    end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        return 1
    line = Line(descriptor)
    messages = line.hear()
    first = next(messages, None)
    if first is None:  # the worker has thought better of it
        return 1
    orders = Orders(**first)
    if orders.memory_mb is not None:
        most = orders.memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    asyncio.run(_Attempt(line, orders).run(messages))
    return 0


class _Attempt:
    def __init__(self, line: Line, orders: Orders) -> None:
        self._line = line
        self._orders = orders
        self._has_ended = False
        self._ear: threading.Thread | None = None
        self._window = Window(line.say)

    async def run(self, messages: Any) -> None:  # the iterator that `Line.hear` returned
        database = Database(Secret(self._orders.database_url), application_name="foundation/run")
        try:
            work, recorder = self._found()
            context = self._context(database, recorder)
            task = asyncio.create_task(self._handled(work, context))
            self._listen(messages, context, task)
            await task
        except Exception as fault:  # noqa: BLE001  # the plugin cannot be imported, or worse
            self._tell(fault, retryable=False)
        finally:
            with suppress(Exception):
                await database.dispose()
            self._leave(messages)

    def _leave(self, messages: Any) -> None:  # the iterator that `Line.hear` returned
        """Wait until the worker has heard all, and has closed.

        Who ends with something unread, if only a ping, resets the line: the last words are lost.
        """
        self._has_ended = True
        with suppress(OSError):
            self._line.finish()
            if self._ear is not None:
                self._ear.join(LEAVE_S)
                return
            self._line.quiet_after(LEAVE_S)
            for _ in messages:
                pass

    def _found(self) -> tuple[Work, Recorder]:
        """Import the one module that declares the job, and nothing of other plugins."""
        module = importlib.import_module(self._orders.module)
        jobs: Sequence[Work] = module.jobs()
        work = next(job for job in jobs if job.kind == self._orders.kind)
        events = module.audit_events() if hasattr(module, "audit_events") else ()
        version = self._orders.app_version
        return work, Recorder(declared(events), SystemClock(), version, self._macs())

    def _macs(self) -> Macs | None:
        if self._orders.seal is None:
            return None
        id, key = self._orders.seal
        return Macs({id: bytes.fromhex(key)}, id)

    def _context(self, database: Database, recorder: Recorder) -> RunContext:
        orders = self._orders
        by = UUID(orders.requested_by) if orders.requested_by else None
        actor = Actor("user" if by else "system", by, orders.requested_name)
        lease = Lease(UUID(orders.run_id), orders.attempt, orders.fence)
        return RunContext(
            lease, orders.plugin, actor, database, recorder, self._line.say, self._window
        )

    async def _handled(self, work: Work, context: RunContext) -> None:
        given = self._orders.params
        try:
            if work.upgrade is not None and work.version > self._orders.kind_version:
                given = dict(work.upgrade(given, self._orders.kind_version))
            result = await work.run(context, work.params.model_validate(given))
            done = {"t": "done", "result": result}
            self._line.say(_bounded(done))
        except asyncio.CancelledError:
            self._line.say({"t": "stopped"})
        except LeaseLost:
            self._line.say({"t": "stopped"})
        except RetryLater as later:
            self._tell(later, retryable=True, after=later.after)
        except CredentialRefused as fault:
            self._tell(fault, retryable=fault.retryable)
        except Exception as fault:  # noqa: BLE001  # whatever a handler raises ends its attempt
            self._tell(fault, retryable=isinstance(fault, work.retry_on))

    def _tell(self, fault: BaseException, *, retryable: bool, after: float | None = None) -> None:
        code = "memory" if isinstance(fault, MemoryError) else type(fault).__name__
        code = fault.code if isinstance(fault, CredentialRefused) else code
        trace = "".join(traceback.format_exception(fault))[-16_000:]
        for line in trace.splitlines():
            self._line.say({"t": "log", "line": line})
        told: Message = {"t": "failed", "code": code, "message": str(fault)[:2_000]}
        self._line.say(told | {"retryable": retryable, "after": after})

    def _listen(self, messages: Any, context: RunContext, task: asyncio.Task[None]) -> None:
        """Hear the worker from a thread: it must also work when the loop is stuck."""
        loop = asyncio.get_running_loop()
        self._line.quiet_after(self._orders.silence_s)

        def hear() -> None:
            with suppress(OSError, ValueError):
                for message in messages:
                    if message["t"] == "cancel":
                        context.cancelled = True
                        loop.call_soon_threadsafe(task.cancel)
                    elif message["t"] == "lent":
                        loop.call_soon_threadsafe(self._window.answered, message)
            if not self._has_ended:
                # The worker is gone: nobody may go on, and nothing this handler started either.
                os.killpg(0, signal.SIGKILL)

        self._ear = threading.Thread(target=hear, name="worker", daemon=True)
        self._ear.start()


def _bounded(done: Message) -> Message:
    if len(pack(done)) > MOST_RESULT:
        raise ValueError("the result is larger than 64 KB; leave it behind as an artefact")
    return done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
