"""``python -m foundation.asgi``: started by the supervisor, never by hand."""

import argparse
import os
import sys

from foundation.asgi.posture import take_posture
from foundation.asgi.worker import Post, run


def _post(arguments: list[str]) -> Post:
    parser = argparse.ArgumentParser(prog="python -m foundation.asgi", description=__doc__)
    for name in ("socket", "link", "lifeline", "parent", "slot", "series"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--app", required=True)
    parser.add_argument("--graceful", type=float, required=True)
    return Post(**vars(parser.parse_args(arguments)))


def main() -> int:
    """Serve as the supervisor says, and return the exit code."""
    take_posture()
    return run(_post(sys.argv[1:]), os.environ)


if __name__ == "__main__":
    sys.exit(main())
