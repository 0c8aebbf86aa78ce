"""PostgreSQL's own programs for a copy of a database: found, checked, and run without secrets.

An older pg_dump refuses a newer server, so what is found on this host has to fit; the wheel of
the embedded server holds them too.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foundation.db.address import engine_url
from foundation.db.embedded.binaries import FOLDERS, wheel_folder
from foundation.db.embedded.faults import CannotServe
from foundation.secret import Secret

_VERSION = re.compile(rb"\(PostgreSQL\) (\d+)")
_WORDS = 600


class NoProgram(Exception):
    """There is no pg_dump here that is as new as the server."""


class ProgramFailed(Exception):
    """A program of PostgreSQL ended with an error; its last words say which."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where pg_dump and pg_restore of one version are."""

    folder: Path

    def run(self, name: str, *words: str, url: Secret) -> None:
        """Run *name* on the database at *url*; raises `ProgramFailed`.

        The address goes through the environment: the arguments of a process are for everybody.
        """
        done = subprocess.run(
            [str(self.folder / name), "--no-password", *words],
            env=_environment(url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip()[-_WORDS:]
            raise ProgramFailed(f"{name} ended with {done.returncode}: {told}")


def find_programs(major: int, *, places: Sequence[Path] | None = None) -> Programs:
    """Return programs not older than *major*, the server's version; raises `NoProgram`."""
    for folder in _places() if places is None else places:
        if (_major(folder / "pg_dump") or 0) >= major and (folder / "pg_restore").is_file():
            return Programs(folder)
    raise NoProgram(
        f"no pg_dump of PostgreSQL {major} or newer is on this host; "
        f"install postgresql-client-{major}"
    )


def _places() -> Iterator[Path]:
    found = shutil.which("pg_dump")
    if found is not None:
        yield Path(found).parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    try:
        wheel = wheel_folder()
    except CannotServe:
        return
    for major in sorted(FOLDERS, reverse=True):
        yield wheel / FOLDERS[major] / "bin"


def _major(program: Path) -> int | None:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, check=False).stdout
    except OSError:
        return None
    found = _VERSION.search(told)
    return int(found[1]) if found else None


def _environment(url: Secret) -> Mapping[str, str]:
    """Return what libpq reads: the address in parts, and nothing of our environment."""
    parts = engine_url(url)
    host = parts.query.get("host") or parts.host or ""
    given = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(parts.port or ""),
        "PGUSER": parts.username or "",
        "PGPASSWORD": parts.password or "",
        "PGDATABASE": parts.database or "",
        "PGSSLMODE": str(parts.query.get("ssl", "")),
        "PGAPPNAME": "foundation/backup",
    }
    return {name: value for name, value in given.items() if value}
