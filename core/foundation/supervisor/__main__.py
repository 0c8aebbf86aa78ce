"""``python -m foundation.supervisor serve|dev``: what the command line becomes."""

import os
import pkgutil
import sys
from collections.abc import Callable

from foundation.supervisor.importer import APP, Importer

# By name: what development needs is never loaded beside a server.
COMMANDS = {
    "serve": "foundation.supervisor.serve:main",
    "dev": "foundation.supervisor.development:main",
}


def main() -> int:
    """Run the command that is named, and return the exit code."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.stderr.write("usage: python -m foundation.supervisor serve|dev\n")
        return 2
    if sys.argv[1] == "dev":
        return _run(os.environ)
    importer = Importer.start(APP, os.environ)  # beside our own imports, which take a while too
    try:
        return _run(os.environ, importer)
    finally:
        if importer is not None:
            importer.end()


def _run(*given: object) -> int:
    run: Callable[..., int] = pkgutil.resolve_name(COMMANDS[sys.argv[1]])
    return run(*given)


if __name__ == "__main__":
    sys.exit(main())
