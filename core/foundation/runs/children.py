"""Where the processes of attempts come from: forked from one that is warm, or started anew."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from foundation.linux import take_in_orphans
from foundation.runs.wire import MOST_LINE
from foundation.telemetry.logging import logger

KEPT_VARIABLES = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "PYTHONDONTWRITEBYTECODE"),
)
"""All of the environment that a child gets: no setting, no key, no address of a database."""

PATIENCE_S = 60.0
"""How long an answer of the fork server may take on a machine that is busy."""


class Child:
    """A process of this one, in a group of its own; *wait* blocks until it has ended."""

    def __init__(self, pid: int, wait: Callable[[], int]) -> None:
        self.pid = pid
        self.printed = asyncio.StreamReader(limit=MOST_LINE)
        self._pipe: asyncio.ReadTransport | None = None
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        threading.Thread(
            target=self._watch, args=(wait, self.ended.get_loop()), name="child", daemon=True
        ).start()

    async def overhear(self, descriptor: int) -> None:
        """Take what comes out of *descriptor* as what it prints."""
        pipe = os.fdopen(descriptor, "rb", 0)
        self._pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(self.printed), pipe
        )

    def close(self) -> None:
        """Hear no more, though something that it started may still print."""
        if self._pipe is not None:
            self._pipe.close()

    def terminate(self) -> None:
        """Ask it to end."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def _watch(self, wait: Callable[[], int], loop: asyncio.AbstractEventLoop) -> None:
        code = wait()
        with suppress(RuntimeError):  # the loop has ended before
            loop.call_soon_threadsafe(self._over, code)
        # What it left in its group was given to us: leave no zombie of it, either.
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-self.pid, 0)

    def _over(self, code: int) -> None:
        if not self.ended.done():
            self.ended.set_result(code)


class NoServer(OSError):
    """The fork server is not there, or does not do as it is told."""


class Children:
    """Starts the children of one worker.

    They are forked from a process that has imported core and *preload*. It belongs to this worker
    and ends with it; when it dies nothing happens to the children, and the next one starts another.
    Where it cannot be had, as on a system that gives orphans to nobody else, each child is a Python
    of its own.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        preload: tuple[str, ...] = (),
        forks: bool = sys.platform == "linux",
    ) -> None:
        self.environ = {name: environ[name] for name in KEPT_VARIABLES if name in environ}
        self._preload = preload
        self._forks = forks
        self._server: _Server | None = None
        self._asking = asyncio.Lock()

    @property
    def server(self) -> int | None:
        """The process that children are forked from, if there is one."""
        return self._server.process.pid if self._server is not None else None

    async def start(self, line: socket.socket) -> Child:
        """Start a child at the other end of *line*, and hear what it prints.

        Raises `OSError` when the machine has no room for one more process.
        """
        read, write = os.pipe()
        try:
            child = await self._forked(line, write) or self._anew(line, write)
        except BaseException:
            os.close(read)
            raise
        finally:
            os.close(write)
        await child.overhear(read)
        return child

    def close(self) -> None:
        """End the fork server; to be called when no child is under way any more."""
        if self._server is not None:
            self._server.end()
            self._server = None
            take_in_orphans(yes=False)

    async def _forked(self, line: socket.socket, out: int) -> Child | None:
        """Return a child of the fork server; None when it can give none."""
        async with self._asking:
            while self._forks:
                known = self._server
                try:
                    server = known or await self._serve()
                    return await server.fork(line.fileno(), out)
                except OSError as fault:
                    why = str(fault) or type(fault).__name__
                    logger().warning("run_fork_server_failed", reason=why)
                    self.close()
                    if known is None:  # a new one, too: do without
                        return None
                except asyncio.CancelledError:
                    self.close()  # its answer would be taken for that to the next request
                    raise
        return None

    async def _serve(self) -> "_Server":
        if not take_in_orphans(yes=True):
            self._forks = False
            raise NoServer("this system lets no process take in orphans")
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = self._python("forking", theirs, subprocess.DEVNULL, None, *self._preload)
            except OSError:
                ours.close()
                raise
        self._server = _Server(process, ours)
        await self._server.answer()
        return self._server

    def _anew(self, line: socket.socket, out: int) -> Child:
        return self._python("child", line, out, subprocess.STDOUT)

    def _python(
        self, module: str, line: socket.socket, out: int, err: int | None, *more: str
    ) -> Child:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", f"foundation.runs.{module}"),
                *(str(line.fileno()), str(os.getpid()), *more),
            ],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            pass_fds=(line.fileno(),),
            process_group=0,
            env=self.environ,
        )
        return Child(process.pid, process.wait)


class _Server:
    """The worker's end of the fork server."""

    def __init__(self, process: Child, control: socket.socket) -> None:
        self.process = process
        self._control = control
        control.setblocking(False)  # noqa: FBT003  # the system's own signature

    async def fork(self, line: int, out: int) -> Child | None:
        """Return a new child that has these two descriptors; raises `OSError`."""
        socket.send_fds(self._control, [b"\0"], [line, out])
        pid = await self.answer()
        return Child(pid, lambda: _waited(pid)) if pid else None

    async def answer(self) -> int:
        """Return the next number that it says; raises `NoServer` when it says nothing."""
        said = b""
        async with asyncio.timeout(PATIENCE_S):
            while len(said) < 8:
                came = await asyncio.get_running_loop().sock_recv(self._control, 8 - len(said))
                if not came:
                    raise NoServer("it has ended")
                said += came
        return int.from_bytes(said)

    def end(self) -> None:
        """End it; its children go on."""
        self._control.close()
        kill_group(self.process.pid)


def kill_group(pid: int) -> None:
    """Kill a child and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _waited(pid: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:  # somebody else has heard of its end
        return 255
