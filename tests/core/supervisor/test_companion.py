"""Programs that development runs beside the workers."""

import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from foundation.supervisor.companion import Companion, run_to_end
from foundation.supervisor.refused import Exit, Refused

from .conftest import is_running, until


@pytest.fixture
def companion():
    made = Companion("timeit", ["-n", "1", "-r", "1", "import time; time.sleep(300)"], os.environ)
    made.start()
    yield made
    made.stop()


def pid_of(companion):
    return companion._process.pid


def test_a_companion_that_ends_is_started_again(companion):
    first = pid_of(companion)
    os.kill(first, signal.SIGKILL)
    companion._process.wait()
    companion.tend()

    assert pid_of(companion) != first
    assert is_running(pid_of(companion))


def test_one_that_keeps_ending_is_not_started_without_a_pause(companion, monkeypatch):
    stopped = SimpleNamespace(monotonic=lambda: 100.0)  # no time passes, however slow a start is
    monkeypatch.setattr("foundation.supervisor.companion.time", stopped)
    for _ in range(2):
        os.kill(pid_of(companion), signal.SIGKILL)
        companion._process.wait()
        companion.tend()
    second = pid_of(companion)
    companion.tend()

    assert pid_of(companion) == second
    assert companion._process.poll() is not None


def test_a_stopped_companion_is_gone(companion):
    pid = pid_of(companion)
    companion.stop()

    assert not is_running(pid)


def test_a_companion_ends_with_whoever_started_it():
    code = (
        "import os, time; from foundation.supervisor.companion import Companion\n"
        "made = Companion('timeit', ['-n', '1', '-r', '1', 'import time; time.sleep(300)'],"
        " os.environ)\nmade.start(); print(made._process.pid, flush=True); time.sleep(300)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert until(lambda: not is_running(pid))


def test_a_program_that_fails_is_told_with_its_last_words():
    with pytest.raises(Refused, match="No module named") as refused:
        run_to_end("no_such_module_here", ["db", "upgrade"], os.environ)

    assert refused.value.code is Exit.NOT_STARTED
    assert "`foundation db upgrade` failed" in str(refused.value)


def test_a_failure_that_is_borne_is_told_and_life_goes_on(capfd):
    run_to_end("no_such_module_here", ["db", "upgrade"], os.environ, borne={1})

    assert "No module named" in capfd.readouterr().err


def test_a_program_that_works_says_nothing(capfd):
    run_to_end("platform", [], os.environ)

    assert capfd.readouterr().out == ""


def test_a_companion_that_is_to_leave_is_not_waited_for_and_comes_back(companion):
    first = pid_of(companion)

    companion.leave()
    companion._process.wait(60)
    companion.tend()

    assert pid_of(companion) != first


def test_what_is_shared_is_in_its_environment_from_its_next_start(tmp_path):
    told = tmp_path / "told"
    one = Companion("this", [], {"PYTHONPATH": str(tmp_path), "TOLD": "nothing"})
    (tmp_path / "this.py").write_text(
        f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(os.environ['TOLD'])"
    )
    one.share({"TOLD": "metrics"})
    one.start()
    assert until(lambda: told.exists() and bool(told.read_text()))
    one.stop()

    assert told.read_text() == "metrics"
