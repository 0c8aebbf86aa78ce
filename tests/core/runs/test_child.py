"""The child of an attempt ends itself when its worker is gone."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from foundation.runs.wire import Orders

HERE = str(Path(__file__).parent)


def child(theirs, parent):
    return subprocess.Popen(
        [sys.executable, "-m", "foundation.runs.child", str(theirs.fileno()), str(parent)],
        pass_fds=(theirs.fileno(),),
        process_group=0,
        env={**os.environ, "PYTHONPATH": HERE},
    )


def test_a_child_of_another_parent_does_not_begin():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert child(theirs, 1).wait(60) == 1


def test_a_busy_child_ends_when_its_worker_closes_the_line(tmp_path):
    ours, theirs = socket.socketpair()
    orders = Orders(
        run_id="00000000-0000-7000-8000-000000000001", attempt=1, fence=1, kind="trials.busy",
        kind_version=1, plugin="trials", module="trials", params={"path": str(tmp_path / "t")},
        requested_by=None, requested_name="", database_url="postgresql://nowhere/none",
        app_version="", memory_mb=None, silence_s=60.0, seal=None,
    )  # fmt: skip
    process = child(theirs, os.getpid())
    theirs.close()
    ours.sendall(orders.packed())
    while not (tmp_path / "t").exists():
        assert process.poll() is None
        time.sleep(0.02)

    ours.close()

    assert process.wait(60) == -9
