"""Several processes around one embedded server: one owns it, others join, none is left behind."""

import os
import shutil
import stat
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest

from foundation.db.embedded import EmbeddedPostgres
from foundation.db.embedded.binaries import PACKAGE, wheel_folder
from foundation.db.embedded.processes import postmaster_on

IS_ROOT = os.geteuid() == 0

CHILD = """
import sys, time
from pathlib import Path
from foundation.db.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start(lambda line: print(line, flush=True))
print("up", flush=True)
time.sleep(60)
"""


class Said(list):
    """Collects what is said."""

    def __call__(self, line: str) -> None:
        self.append(line)


def _until(fact, seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def elsewhere(open_folder):
    """Run the server in another process; its first line says that it is up."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CHILD, str(open_folder / "pg")]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(child)
        while child.stdout.readline() != "up\n":
            assert child.poll() is None
        return child

    yield start
    for child in started:
        child.kill()
        child.wait()
        child.stdout.close()
    _until(lambda: postmaster_on(open_folder / "pg" / "18") is None)


def test_a_second_process_joins_and_stops_nothing(make_server, ask_sql):
    first, second = make_server(), make_server()
    url = first.start(Said())

    assert second.start(Said()) == url
    assert not second.owns
    second.tend(Said())
    second.stop()

    assert ask_sql(url, "SELECT 1") == 1


def test_a_joiner_finds_the_server_of_another_process(elsewhere, make_server, ask_sql):
    elsewhere()

    url = make_server().start(Said())

    assert ask_sql(url, "SELECT 1") == 1


def test_nothing_is_left_when_the_owner_is_killed(elsewhere, open_folder):
    owner = elsewhere()
    pid = postmaster_on(open_folder / "pg" / "18")

    owner.kill()

    assert pid is not None
    assert _until(lambda: postmaster_on(open_folder / "pg" / "18") is None)


def test_the_next_start_follows_a_killed_owner_at_once(elsewhere, make_server, ask_sql):
    owner = elsewhere()
    owner.kill()

    server = make_server()
    url = server.start(Said())

    assert server.owns
    assert ask_sql(url, "SELECT 1") == 1


def test_a_user_who_is_not_root_runs_it_alone(open_folder):
    """Works in a child that has become a user; the wheel is copied to where that user can read."""
    site = open_folder / "site"
    shutil.copytree(wheel_folder() / "pginstall18", site / PACKAGE / "pginstall18")
    if (wheel_folder().parent / f"{PACKAGE}.libs").is_dir():
        shutil.copytree(wheel_folder().parent / f"{PACKAGE}.libs", site / f"{PACKAGE}.libs")
    data = open_folder / "users"
    data.mkdir()
    if IS_ROOT:
        os.chown(data, 65534, 65534)
    child = os.fork()
    if child == 0:
        os._exit(_as_a_user(data, site / PACKAGE))

    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert (data / "pg").stat().st_uid == (65534 if IS_ROOT else os.geteuid())
    assert stat.S_IMODE((data / "pg").stat().st_mode) == 0o700


def _as_a_user(data: Path, wheel: Path) -> int:
    try:
        if IS_ROOT:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        server = EmbeddedPostgres(data / "pg", durable=False, wheel=wheel)
        server.start(Said())
        uid = Path(f"/proc/{postmaster_on(data / 'pg' / '18')}").stat().st_uid
        server.stop()
    except BaseException:  # noqa: BLE001  # a forked child must never return into pytest
        traceback.print_exc()
        return 1
    return 0 if uid == os.geteuid() != 0 else 2


def test_it_runs_as_its_own_user_in_its_own_process_group(make_server, open_folder):
    make_server().start(Said())
    pid = postmaster_on(open_folder / "pg" / "18")

    assert os.getpgid(pid) == pid != os.getpgrp()
    assert Path(f"/proc/{pid}").stat().st_uid == (open_folder / "pg").stat().st_uid != 0
