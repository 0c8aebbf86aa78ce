"""From one major version of PostgreSQL to the next: the old data stays until it is forgotten."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from foundation.db.embedded.account import ENVIRONMENT, Account, server_account
from foundation.db.embedded.binaries import MAJOR, Binaries, binaries
from foundation.db.embedded.cluster import USER, Layout, initialise, must, prepare_folder, try_lock
from foundation.db.embedded.endpoint import socket_folder
from foundation.db.embedded.faults import CannotServe
from foundation.db.embedded.processes import clear_away

Say = Callable[[str], None]


def bring_forward(folder: Path, say: Say) -> int | None:
    """Bring data of an older major version to ours; return which it was, or None if none is due.

    Nobody may serve the folder meanwhile. The old data is only read. Raises `CannotServe`.
    """
    layout = Layout(folder.resolve())
    if layout.cluster.exists() or not layout.old_majors():
        return None
    account = server_account()
    prepare_folder(layout, account)
    lock = try_lock(layout)
    if lock is None:
        raise CannotServe("stop Foundation first: its PostgreSQL is in use")
    try:
        old = layout.old_majors()[0]
        say(f"bringing the data from PostgreSQL {old} to {MAJOR}")
        _bring(layout, old, account=account, say=say)
        return old
    finally:
        os.close(lock)


def forget_old(folder: Path) -> list[int]:
    """Delete the data of older major versions, if ours has taken over; return which."""
    layout = Layout(folder.resolve())
    if not layout.cluster.exists():
        return []
    gone = layout.old_majors()
    for major in gone:
        shutil.rmtree(layout.folder / str(major))
    return gone


def _bring(layout: Layout, old: int, *, account: Account, say: Say) -> None:
    before = binaries(old, account=account, copies=layout.copies)
    after = binaries(MAJOR, account=account, copies=layout.copies)
    source = layout.folder / str(old)
    clear_away(source, say)
    # A server of its own recovers what a crash left: pg_upgrade wants a clean shutdown.
    single = [before.program("postgres"), "--single", "-D", str(source), "postgres"]
    must(account.run(single), "a clean start")
    shutil.rmtree(layout.fresh, ignore_errors=True)
    sums = "--data-checksums" if _has_checksums(before, source, account) else "--no-data-checksums"
    initialise(layout, after, account=account, options=(sums,))
    _pg_upgrade(layout, before, after, source=source, account=account)
    layout.fresh.rename(layout.cluster)


def _has_checksums(programs: Binaries, cluster: Path, account: Account) -> bool:
    told = account.run([programs.program("pg_controldata"), str(cluster)]).stdout
    return re.search(r"checksum version:\s+[1-9]", told) is not None


def _pg_upgrade(
    layout: Layout, before: Binaries, after: Binaries, *, source: Path, account: Account
) -> None:
    work = layout.folder / "upgrade"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    account.own(work)
    command = [after.program("pg_upgrade"), "--username", USER]
    command += ["--old-bindir", str(before.folder / "bin"), "--old-datadir", str(source)]
    command += ["--new-bindir", str(after.folder / "bin"), "--new-datadir", str(layout.fresh)]
    command += ["--socketdir", str(socket_folder(layout.folder, account=account))]
    environ = ENVIRONMENT | {"PGPASSWORD": layout.password.read_text("ascii").strip()}
    must(account.run(command, cwd=work, environ=environ), "the newer data")
    shutil.rmtree(work)
