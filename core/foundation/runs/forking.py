"""What children are forked from: ``python -m foundation.runs.forking CONTROL WORKER MODULE...``.

It imports what every child needs, once, and then forks one for each request of its worker. It has
one thread, no loop, no connection, and of the environment only what a child may see. A plugin is
imported by the child alone: one that breaks or hangs does neither here.
"""

import atexit
import gc
import importlib
import os
import select
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from sqlalchemy.orm import configure_mappers

from foundation.db.engine import Database
from foundation.linux import be_called, end_with_parent
from foundation.runs import child
from foundation.secret import Secret

READY = REFUSED = (0).to_bytes(8)
"""Said instead of a process: that all is imported, and later that there can be no child."""


def main(arguments: Sequence[str]) -> int:
    """Fork children until the worker closes its end; a child never returns from here."""
    control, worker = socket.socket(fileno=int(arguments[0])), int(arguments[1])
    for number in (signal.SIGINT, signal.SIGTERM):  # it ends with its worker, and not before
        signal.signal(number, signal.SIG_IGN)
    be_called("fork-server")
    end_with_parent(signal.SIGKILL)
    if os.getppid() != worker:
        return 1
    _warm(arguments[2:])
    control.sendall(READY)
    with suppress(ConnectionError):
        while (came := socket.recv_fds(control, 1, 2))[0]:
            line, out = came[1]
            pid = _forked()
            if pid == 0:
                control.close()
                _live(line, out, worker)
            os.close(line)
            os.close(out)
            control.sendall(pid.to_bytes(8) if pid is not None else REFUSED)
    return 0


def _warm(modules: Sequence[str]) -> None:
    """Do once what each child would do for itself."""
    for name in modules:
        importlib.import_module(name)
    Database(Secret("postgresql://nowhere/none"), application_name="")  # imports the driver
    configure_mappers()
    if sum(1 for _ in Path("/proc/self/task").iterdir()) > 1:
        raise RuntimeError("what was imported has begun a thread, which no child would have")
    gc.collect()
    gc.freeze()  # else the collector of a child writes to every page it shares with the others


def _forked() -> int | None:
    """Return the process of a new child, and 0 in the child itself; None when there can be none.

    Between the two is a process that ends at once, so that the child becomes one of the worker,
    who takes in orphans. It has its own group before anybody knows of it.
    """
    told, tell = os.pipe()
    try:
        between = os.fork()
    except OSError:
        between = None
    if between == 0:
        _between(tell)  # only the child returns
    os.close(tell)
    said = os.read(told, 8) if between else b""
    os.close(told)
    if between:
        os.waitpid(between, 0)
    if between == 0:
        return 0
    return int.from_bytes(said) if said else None


def _between(tell: int) -> None:
    try:
        pid = os.fork()
        if pid != 0:
            with suppress(OSError):  # it has ended already
                os.setpgid(pid, pid)
            os.write(tell, pid.to_bytes(8))
    except BaseException:  # noqa: BLE001  # nothing may go on in the name of the process above
        os._exit(1)
    if pid != 0:
        os._exit(0)


def _live(line: int, out: int, worker: int) -> NoReturn:
    """Be the child: what it prints goes to *out*, and what it hears and says over *line*."""
    code = 1
    try:
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.close(out)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        select.select([line], [], [])  # orders come when the worker is the parent
        code = child.main([str(line), str(worker)])
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # noqa: BLE001  # whatever it is, it ends here and not in the loop above
        traceback.print_exc()
    finally:
        _leave(code)


def _leave(code: int) -> NoReturn:
    """End as the interpreter does, but do not take every module apart: that is half the cost."""
    with suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001  # as in multiprocessing
    with suppress(BaseException):
        atexit._run_exitfuncs()  # noqa: SLF001  # as in multiprocessing
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
