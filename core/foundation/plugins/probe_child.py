"""The child of the probe: imports plugins one by one and says on a pipe how far it got.

What all plugins stand on is imported before the first sign: on a busy machine that takes seconds,
and the first plugin must not be blamed for it.
"""

import importlib
import json
import os
import sys
from contextlib import suppress
from typing import TextIO

COMMON = "foundation.sdk"
READY = b"r"
NEXT = b"."


def run(pipe: int, source: TextIO) -> None:
    """Import the modules that *source* lists as JSON, writing one byte after each to *pipe*.

    What an import prints goes nowhere; what it raises is for the loader to meet again.
    """
    order = json.load(source)
    sys.path[:] = order["path"]
    with suppress(Exception, SystemExit):
        importlib.import_module(COMMON)
    os.write(pipe, READY)
    for module in order["modules"]:
        with suppress(Exception, SystemExit):
            importlib.import_module(module)
        os.write(pipe, NEXT)


if __name__ == "__main__":
    run(int(sys.argv[1]), sys.stdin)
    # Threads that an import left behind must not keep this process.
    os._exit(0)
