"""What only Linux can be asked for about a process."""

import subprocess
import sys

import pytest

SCRIPT = """
import os, pathlib, signal
from foundation.linux import be_called, end_with_parent, take_in_orphans

def twice():
    told, tell = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            asked, _ = os.read(told, 1), os.close(told)
            os._exit(0 if os.getppid() == here else 1)
        os._exit(0)
    os.wait()
    os.write(tell, b".")

here = os.getpid()
assert be_called("a-name") and pathlib.Path("/proc/self/comm").read_text() == "a-name\\n"
assert take_in_orphans(yes=True)
twice()
assert os.wait()[1] == 0
assert take_in_orphans(yes=False)
twice()
try:
    os.wait()
except ChildProcessError:
    pass
else:
    raise AssertionError
if (parent := os.fork()) == 0:
    told, tell = os.pipe()
    if os.fork() == 0:
        assert end_with_parent(signal.SIGKILL)
        os.write(tell, b".")
        signal.pause()
    os.read(told, 1)
    os._exit(0)
print("right")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")
def test_a_process_has_a_name_takes_in_orphans_and_ends_with_its_parent():
    # The output ends when the last process that holds it has: nobody outlives its parent.
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.stdout, done.stderr) == ("right\n", "")
