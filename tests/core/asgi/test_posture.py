"""How a worker's process behaves, told by one that takes the posture and asks itself."""

import signal
import subprocess
import sys

ASK = """
import gc, os, signal
from foundation.asgi.posture import take_posture
take_posture()
print(gc.isenabled(), flush=True)
os.kill(os.getpid(), signal.SIGINT)
os.kill(os.getpid(), signal.SIGHUP)
os.kill(os.getpid(), signal.SIGUSR2)
os.kill(os.getpid(), signal.SIGTERM)
"""


def test_a_terminal_reaches_it_not_a_request_shows_its_stacks_and_a_stop_ends_it():
    asked = [sys.executable, "-c", ASK]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout == "False\n"
    assert "Current thread" in done.stderr
    assert done.returncode == -signal.SIGTERM
