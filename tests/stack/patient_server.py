"""``foundation serve`` as it is, but for two times: a machine full of tests may start slowly."""

import os
import sys

from foundation.settings import read_settings
from foundation.supervisor.importer import APP, Importer
from foundation.supervisor.serve import Plan, serve
from foundation.supervisor.timing import Timing


def main() -> int:
    """Serve as `foundation.supervisor` does."""
    importer = Importer.start(APP, os.environ)
    patience = Timing(together=300.0, ready=300.0)
    try:
        return serve(read_settings(), os.environ, plan=Plan(timing=patience, importer=importer))
    finally:
        if importer is not None:
            importer.end()


if __name__ == "__main__":
    sys.exit(main())
