"""``python -m foundation.supervisor serve|dev``: what the command line becomes."""

import os
import pkgutil
import sys
from collections.abc import Callable, Mapping
from typing import cast

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
    run = cast("Callable[[Mapping[str, str]], int]", pkgutil.resolve_name(COMMANDS[sys.argv[1]]))
    return run(os.environ)


if __name__ == "__main__":
    sys.exit(main())
