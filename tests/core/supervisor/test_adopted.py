"""A child that we did not start, as the supervisor sees one that we did."""

import os
import signal
import time

import pytest

from foundation.supervisor.adopted import Adopted


@pytest.fixture
def sleeper():
    """Return a child that was started without `Popen`, as the workers of a first start are."""
    adopted = Adopted(os.posix_spawn("/bin/sleep", ["sleep", "60"], {}))
    yield adopted
    adopted.send_signal(signal.SIGKILL)
    adopted.wait()


def test_it_runs_until_it_has_ended_and_tells_by_which_signal(sleeper):
    before = sleeper.poll()
    sleeper.send_signal(signal.SIGKILL)

    assert before is None
    assert sleeper.wait() == -signal.SIGKILL
    assert sleeper.poll() == sleeper.returncode == -signal.SIGKILL


def test_its_exit_code_is_seen_without_waiting():
    ended = Adopted(os.posix_spawn("/bin/sh", ["sh", "-c", "exit 3"], {}))
    end = time.monotonic() + 60
    while ended.poll() is None and time.monotonic() < end:
        time.sleep(0.01)

    assert ended.returncode == 3


def test_a_signal_to_one_that_has_ended_goes_nowhere(sleeper):
    sleeper.send_signal(signal.SIGKILL)
    sleeper.wait()
    sleeper.send_signal(signal.SIGTERM)

    assert sleeper.returncode == -signal.SIGKILL
