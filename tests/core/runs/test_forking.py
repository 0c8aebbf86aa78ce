"""The process that children are forked from ends with its worker, and begins no fork with threads."""

import os
import signal
import socket
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")


def server(theirs, parent, *modules, path=""):
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "foundation.runs.forking"),
            *(str(theirs.fileno()), str(parent), *modules),
        ],
        pass_fds=(theirs.fileno(),),
        process_group=0,
        env={**os.environ, "PYTHONPATH": str(path)},
        stderr=subprocess.PIPE,
    )


def test_it_says_that_it_is_ready_and_ends_when_its_worker_closes_and_not_before():
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = server(theirs, os.getpid())
        assert ours.recv(8) == bytes(8)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)

    assert process.wait(60) == 0
    process.communicate()


def test_a_module_that_begins_a_thread_is_not_forked_from(tmp_path):
    words = "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
    (tmp_path / "begins_a_thread.py").write_text(words)
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = server(theirs, os.getpid(), "begins_a_thread", path=tmp_path)
        assert ours.recv(8) == b""
    assert process.wait(60) == 1
    assert b"has begun a thread" in process.communicate()[1]
