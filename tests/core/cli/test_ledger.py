"""Commands reach the ledger, turn refusals into one line, and ask the server for a roll."""

import os
import signal
import subprocess
import sys

import pytest

from foundation.cli.ledger import UNDONE, ask_for_a_roll, who
from foundation.cli.refusals import refusals
from foundation.errors import Conflict
from foundation.settings import SettingsRefused
from foundation.supervisor.hold import holder_of

HOLDER = """
import fcntl, os, signal, sys
lock = open(sys.argv[1], "w")
fcntl.flock(lock, fcntl.LOCK_EX)
lock.write(str(os.getpid())); lock.flush()
signal.signal(signal.SIGHUP, lambda *_: sys.exit(7))
print("held", flush=True)
signal.pause()
"""


def test_whoever_types_is_named_by_their_account():
    assert who().name.startswith("cli:")
    assert len(who().name) > len("cli:")


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (SettingsRefused(["X: is missing"]), 2, "X: is missing"),
        (Conflict("it is on"), 1, "it is on"),
        (FileExistsError(17, "File exists", "a.jsonl"), 1, "a.jsonl: File exists"),
    ],
)
def test_what_an_operator_can_mend_is_one_line(capsys, fault, code, words):
    with pytest.raises(SystemExit) as end, refusals(codes=UNDONE):
        raise fault

    assert (end.value.code, capsys.readouterr().err.strip()) == (code, words)


def test_without_a_server_it_is_said_that_it_holds_from_the_next_start(tmp_path, capsys):
    ask_for_a_roll(tmp_path)

    assert "no server runs on this data folder" in capsys.readouterr().out


def test_the_server_that_holds_the_folder_is_asked_to_roll(tmp_path, capsys):
    (tmp_path / "run").mkdir()
    lock = tmp_path / "run" / "lock"
    server = subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"held\n"

    assert holder_of(tmp_path) == server.pid != os.getpid()
    ask_for_a_roll(tmp_path)

    assert f"asked the server (pid {server.pid})" in capsys.readouterr().out
    assert server.wait(timeout=120) == 7
    server.stdout.close()
    assert holder_of(tmp_path) is None
    assert signal.SIGHUP
