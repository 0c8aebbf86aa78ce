"""One worker as the supervisor sees it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from foundation.supervisor.child import Child


@pytest.fixture
def made():
    link, its_link = os.pipe()
    its_lifeline, lifeline = os.pipe()
    os.set_blocking(link, False)
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    child = Child(process, 0, 0, link, lifeline, born=0.0, heard=0.0)
    yield child, its_link
    child.kill()
    process.wait()
    child.close()
    os.close(its_link)
    os.close(its_lifeline)


def test_a_child_is_ready_when_it_says_so_and_only_once(made):
    child, says = made
    os.write(says, b"..")
    early = child.hear(1.0)
    os.write(says, b"R.")
    first = child.hear(2.0)
    os.write(says, b".")
    second = child.hear(3.0)

    assert (early, first, second) == (False, True, False)
    assert (child.ready_at, child.heard) == (2.0, 3.0)


def test_silence_is_not_heard(made):
    child, _ = made

    assert child.hear(5.0) is False
    assert child.heard == 0.0


def test_a_reason_is_kept_and_is_not_taken_for_readiness(made):
    child, says = made
    os.write(says, ".FREASON: no Röle".encode())
    os.write(says, b" left")

    assert child.hear(1.0) is False
    assert child.reason == "REASON: no Röle left"


def test_a_child_without_a_reason_has_none(made):
    assert made[0].reason is None


def test_a_child_is_told_to_stop_once(made):
    child, _ = made
    child.stop(1.0)
    child.stop(2.0)

    assert child.told_at == 1.0
    assert child.process.wait(60) == -signal.SIGTERM


def test_a_signal_to_one_that_has_ended_is_no_fault(made):
    child, _ = made
    child.kill()
    child.process.wait()
    child.send(signal.SIGTERM)

    assert child.killed
    assert child.resident() == 0


def test_its_memory_is_known(made):
    child, _ = made
    end = time.monotonic() + 60
    while child.resident() < 1_000_000 and time.monotonic() < end:
        time.sleep(0.02)  # between fork and exec it has next to nothing

    assert child.resident() > 1_000_000
