"""``foundation serve`` as it is, but for one time: a machine full of tests may start slowly."""

import os
import sys

from foundation.settings import read_settings
from foundation.supervisor.serve import Plan, serve
from foundation.supervisor.timing import Timing

if __name__ == "__main__":
    sys.exit(serve(read_settings(), os.environ, plan=Plan(timing=Timing(ready=300.0))))
