"""``foundation dev`` as it is, but for two times: a machine full of tests starts and beats slowly."""

import os
import sys

from foundation.supervisor.development import main
from foundation.supervisor.timing import Timing

if __name__ == "__main__":
    sys.exit(main(os.environ, timing=Timing(ready=300.0, silence=120.0)))
