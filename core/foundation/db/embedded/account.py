"""Who the server runs as: PostgreSQL refuses root, so root lends it a system user."""

import grp
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from foundation.db.embedded.faults import CannotServe

NAME = "foundation"

# Nothing of the caller's environment: PGDATA, PGPORT or LC_ALL would steer the server.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


class Become(TypedDict, total=False):
    """The keywords of `subprocess.Popen` that change who a child is."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine; *lent* when it is not the one who runs this process."""

    uid: int
    gid: int
    lent: bool

    def become(self) -> Become:
        """Return the keywords that make a child run as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.lent else {}

    def own(self, path: Path) -> None:
        """Give *path*, made by this process, to the user."""
        if self.lent:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, folder: Path) -> bool:
        """Whether the user can enter *folder*: each folder above it must let it pass."""
        if not self.lent:
            return os.access(folder, os.X_OK)
        enter = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
        return self.run(enter).returncode == 0

    def run(
        self,
        command: list[str],
        *,
        text: str | None = None,
        cwd: Path = Path("/"),
        environ: Mapping[str, str] = ENVIRONMENT,
    ) -> subprocess.CompletedProcess[str]:
        """Run *command* as the user, with *text* as its input; its output is captured.

        *cwd* is the root by default: where we are may be closed to the user.
        """
        return subprocess.run(
            command,
            **self.become(),
            cwd=cwd,
            env=environ,
            input=text or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def server_account() -> Account:
    """Return who runs the server: we ourselves, or for root the system user ``foundation``.

    Makes that user when it is missing; raises `CannotServe` when it cannot.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), lent=False)
    found = _find() or _make(_useradd, _find)
    return Account(found.pw_uid, found.pw_gid, lent=True)


def _find() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _make(
    add: Callable[[], str],
    find: Callable[[], pwd.struct_passwd | None],
    *,
    tries: int = 20,
) -> pwd.struct_passwd:
    """Make the user with *add*; two processes may try at once, and one then finds it made."""
    told = ""
    for _ in range(tries):
        told = add()
        found = find()
        if found is not None:
            return found
        time.sleep(0.1)
    raise CannotServe(
        f"PostgreSQL does not run as root, and the system user {NAME} cannot be made ({told}); "
        f"make it by hand, or run Foundation as a user"
    )


def _useradd() -> str:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return "there is no useradd here"
    group = ["--gid", NAME] if _group_exists() else ["--user-group"]
    home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    done = subprocess.run(
        [program, "--system", *group, *home, NAME], capture_output=True, text=True, check=False
    )
    return done.stderr.strip().partition("\n")[0] or f"useradd ended with {done.returncode}"


def _group_exists() -> bool:
    return any(group.gr_name == NAME for group in grp.getgrall())
