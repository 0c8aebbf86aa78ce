"""The child of the probe: imports plugins one by one and says on a pipe how far it got.

It imports nothing of Foundation itself, so that it starts in a few milliseconds.
"""

import importlib
import json
import os
import sys
from contextlib import suppress
from typing import TextIO

READY = b"r"
NEXT = b"."


def run(pipe: int, source: TextIO) -> None:
    """Import the modules that *source* lists as JSON, writing one byte after each to *pipe*.

    What an import prints goes nowhere; what it raises is for the loader to meet again.
    """
    order = json.load(source)
    sys.path[:] = order["path"]
    os.write(pipe, READY)
    for module in order["modules"]:
        with suppress(Exception, SystemExit):
            importlib.import_module(module)
        os.write(pipe, NEXT)


if __name__ == "__main__":
    run(int(sys.argv[1]), sys.stdin)
    # Threads that an import left behind must not keep this process.
    os._exit(0)
