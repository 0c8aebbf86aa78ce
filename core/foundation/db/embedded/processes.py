"""Which server runs on a folder, asked of the machine and not of a file that may lie."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from foundation.db.embedded.faults import CannotServe

PROC = Path("/proc")
FAST_SECONDS = 10.0

Say = Callable[[str], None]


def postmaster_on(cluster: Path) -> int | None:
    """Return the process id of the server on *cluster*, if one lives on this machine.

    Looks at command lines, which anybody may read; a zombie has none, and a reused id another.
    """
    wanted = f" -D {cluster} "
    for pid, command in _commands():
        program = command.partition(" -")[0]
        if wanted in command + " " and Path(program).name == "postgres":
            return pid
    return None


def _commands() -> Iterator[tuple[int, str]]:
    if not (PROC / "self").exists():
        yield from _listed()
        return
    for folder in PROC.iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            words = (folder / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        except OSError:
            continue  # it ended while we looked
        yield int(folder.name), os.fsdecode(b" ".join(words))


def _listed() -> Iterator[tuple[int, str]]:
    """List processes where there is no /proc (macOS)."""
    listing = subprocess.run(
        ["/bin/ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True
    )
    for line in listing.stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command.strip()


def end_stranger(cluster: Path, pid: int) -> bool:
    """End a server that a killed Foundation left on *cluster*; return whether it is gone."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + FAST_SECONDS
        while time.monotonic() < deadline:
            if postmaster_on(cluster) != pid:
                return True
            time.sleep(0.05)
    return False


def clear_away(cluster: Path, say: Say) -> None:
    """Remove what a killed Foundation left: its server, then the file with the server's id.

    PostgreSQL itself would refuse a reused id of its own user, and a cut file. We hold the lock,
    so no Foundation runs a server here; raises `CannotServe` when somebody else's will not end.
    """
    stranger = postmaster_on(cluster)
    if stranger is not None:
        say("ending the PostgreSQL that an earlier Foundation left behind")
        if not end_stranger(cluster, stranger):
            raise CannotServe(f"another PostgreSQL (process {stranger}) runs on {cluster}; end it")
    (cluster / "postmaster.pid").unlink(missing_ok=True)
