"""Becoming the supervisor: the process is replaced, so it holds nothing of the command line."""

import os
import sys
from collections.abc import Mapping
from typing import NoReturn

from foundation.settings import variable


def environment(**options: str | int | None) -> dict[str, str]:
    """Return the environment with *options* as settings; what is None stays as it is."""
    given = {variable(name): str(value) for name, value in options.items() if value is not None}
    return {**os.environ, **given}


def become_supervisor(command: str, environ: Mapping[str, str]) -> NoReturn:
    """Replace this process by the supervisor, with the same id, terminal and signals."""
    sys.stdout.flush()
    sys.stderr.flush()
    arguments = [sys.executable, "-m", "foundation.supervisor", command]
    os.execve(sys.executable, arguments, dict(environ))  # noqa: S606  # ours, without a shell
