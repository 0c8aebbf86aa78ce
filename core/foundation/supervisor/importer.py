"""The import that the first workers share: a process that begins with it before anything else.

It needs nothing but the name of the application, so it runs beside the supervisor's own start. This
module and what it imports stay small: nothing is imported before it.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

from foundation.linux import take_in_orphans

APP = "foundation.app:serving"
_NOTE = 64
"""More bytes than a slot and a process id take."""


class Importer:
    """Imports what a worker needs, waits for its orders, forks the workers, and ends."""

    def __init__(
        self, process: subprocess.Popen[bytes], orders: socket.socket, environ: Mapping[str, str]
    ) -> None:
        self.process = process
        self._orders = orders
        self._environ = environ

    @classmethod
    def start(cls, app: str, environ: Mapping[str, str]) -> "Importer | None":
        """Start it; None where we could not become the parent of what it forks."""
        if not take_in_orphans(yes=True):
            return None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        os.set_blocking(ours.fileno(), False)
        command = [sys.executable, "-m", "foundation.asgi.preload", "--app", app]
        command += ["--orders", str(theirs.fileno()), "--parent", str(os.getpid())]
        with theirs:
            process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is the supervisor's to answer
            )
        return cls(process, ours, environ)

    def order(
        self, posts: Sequence[Sequence[int]], graceful: float, environ: Mapping[str, str]
    ) -> None:
        """Have it fork a worker for each of *posts*: three descriptors, a slot and a series."""
        more = {name: value for name, value in environ.items() if self._environ.get(name) != value}
        places = [post[3:] for post in posts]
        words = json.dumps({"places": places, "graceful": graceful, "environ": more}).encode()
        with contextlib.suppress(OSError):  # it has ended: that is seen when it is waited for
            socket.send_fds(self._orders, [words], [one for post in posts for one in post[:3]])

    def born(self) -> dict[int, int]:
        """Return the process id of each worker by its slot, as far as it has told."""
        pids: dict[int, int] = {}
        with contextlib.suppress(OSError):
            while said := self._orders.recv(_NOTE):
                slot, pid = said.split()
                pids[int(slot)] = int(pid)
        return pids

    def close(self) -> None:
        """Let go of one that has ended and left its workers to us."""
        self._orders.close()
        take_in_orphans(yes=False)

    def end(self) -> None:
        """End it with whatever it has forked: until they begin, all are of its group."""
        if self._orders.fileno() < 0:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-self.process.pid, 0)
        self.close()
