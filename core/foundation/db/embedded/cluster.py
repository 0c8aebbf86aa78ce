"""The server's folder on disk: made whole or not at all."""

import fcntl
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from foundation.db.embedded.account import Account
from foundation.db.embedded.binaries import MAJOR, Binaries
from foundation.db.embedded.faults import CannotServe
from foundation.ids import token

USER = DATABASE = "foundation"

# The builtin provider sorts the same on every machine, and no update of glibc breaks an index.
INITDB = (
    f"--username={USER}",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth=scram-sha-256",
    "--no-instructions",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What lies where below the folder of the embedded server."""

    folder: Path

    @property
    def cluster(self) -> Path:
        """The data of the present major version."""
        return self.folder / str(MAJOR)

    @property
    def fresh(self) -> Path:
        """Where a cluster is built before it gets its name."""
        return self.folder / f"{MAJOR}.new"

    @property
    def password(self) -> Path:
        """The file with the password of the one database user."""
        return self.folder / "password"

    @property
    def lock(self) -> Path:
        """The file whose lock says who runs the server."""
        return self.folder / "lock"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "postgres.log"

    @property
    def copies(self) -> Path:
        """Copies of the wheel's programs, when the server's user cannot reach the wheel."""
        return self.folder / "programs"

    def old_majors(self) -> list[int]:
        """Return the other major versions whose data lies here, newest first."""
        names = [path.parent.name for path in self.folder.glob("*/PG_VERSION")]
        return sorted((int(n) for n in names if n.isdecimal() and int(n) != MAJOR), reverse=True)


def folder_in(data: Path) -> Path:
    """Return the folder of the embedded server below Foundation's data folder."""
    return data / "pg"


def prepare_folder(layout: Layout, account: Account) -> None:
    """Make the folder, 0700 and the server's own; raises `CannotServe` when it is out of reach.

    The mode of a folder above it that was there before is never changed.
    """
    try:
        # Root's new folders let the server's user pass; nobody can list them.
        _make_parents(layout.folder.parent, mode=0o711 if account.lent else 0o700)
        layout.folder.mkdir(mode=0o700, exist_ok=True)
        if layout.folder.stat().st_uid != account.uid:
            account.own(layout.folder)
        layout.folder.chmod(0o700)
    except OSError as refused:
        raise CannotServe(
            f"the folder {layout.folder} cannot be made: {refused.strerror}; set FOUNDATION_DATA"
        ) from None
    if not os.access(layout.folder, os.W_OK):
        raise CannotServe(f"the folder {layout.folder} is not writable; set FOUNDATION_DATA")
    if not account.reaches(layout.folder):
        raise CannotServe(
            f"the system user {USER} cannot enter {layout.folder}, because a folder above it is "
            "private; set FOUNDATION_DATA to another one, such as /var/lib/foundation"
        )


def _make_parents(folder: Path, *, mode: int) -> None:
    if not folder.is_dir():
        _make_parents(folder.parent, mode=mode)
        folder.mkdir(mode=mode, exist_ok=True)
        folder.chmod(mode)  # the umask may have taken bits away


def try_lock(layout: Layout) -> int | None:
    """Take the lock of the folder: an open file to keep, or None while another process has it."""
    descriptor = os.open(layout.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def write_password(layout: Layout, account: Account) -> None:
    """Write a new random password, readable by the server's user alone."""
    descriptor = os.open(layout.password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token())
    account.own(layout.password)


def make_cluster(
    layout: Layout, programs: Binaries, *, account: Account, options: tuple[str, ...] = ()
) -> None:
    """Make the cluster with its one database; raises `CannotServe` with what initdb says.

    It is built beside its place and then renamed, so a kill leaves nothing half made.
    """
    if layout.cluster.exists():
        return
    shutil.rmtree(layout.fresh, ignore_errors=True)
    write_password(layout, account)
    initialise(layout, programs, account=account, options=options)
    single = [programs.program("postgres"), "--single", "-D", str(layout.fresh), "postgres"]
    must(account.run(single, text=f"CREATE DATABASE {DATABASE};\n"), "the first database")
    layout.fresh.rename(layout.cluster)


def initialise(
    layout: Layout, programs: Binaries, *, account: Account, options: tuple[str, ...] = ()
) -> None:
    """Run initdb for a cluster in the place of a fresh one."""
    where = ["-D", str(layout.fresh), f"--pwfile={layout.password}"]
    made = account.run([programs.program("initdb"), *where, *INITDB, *options])
    must(made, "the folder of PostgreSQL")


def must(done: CompletedProcess[str], what: str) -> None:
    """Raise `CannotServe` with the last words of a program that failed to make *what*."""
    # A server that runs a single session tells of an error, and still ends with 0.
    if done.returncode != 0 or re.search(r"\b(ERROR|FATAL|PANIC):", done.stdout):
        last = (done.stdout.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise CannotServe(f"{what} cannot be made: {last}")
