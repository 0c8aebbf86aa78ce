"""The development sign-in as a process of its own, which `foundation dev` starts.

``python -m foundation.auth.development --port 3001 --public-url http://localhost:3000``
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress

from foundation.auth.development.server import make_server


def main(arguments: Sequence[str]) -> int:
    """Serve until the process ends; return the exit code."""
    parser = argparse.ArgumentParser(prog="foundation.auth.development", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", required=True)
    given = parser.parse_args(arguments)
    try:
        server = make_server(given.port, public_url=given.public_url)
    except (ValueError, OSError) as refused:
        sys.stderr.write(f"development sign-in: {refused}\n")
        return 2
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
