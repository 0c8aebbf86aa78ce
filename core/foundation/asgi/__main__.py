"""``python -m foundation.asgi``: started by the supervisor, never by hand."""

import argparse
import faulthandler
import gc
import os
import signal
import sys

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
    gc.disable()  # what a start makes stays; the worker turns it on again once it serves
    # A terminal sends these to everybody; only the supervisor answers them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    faulthandler.register(signal.SIGUSR2, all_threads=True)
    return run(_post(sys.argv[1:]), os.environ)


if __name__ == "__main__":
    sys.exit(main())
