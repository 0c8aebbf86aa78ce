"""Which server runs on a folder: command lines tell, files and reused ids do not."""

import os
import subprocess
import time

import pytest

from foundation.db.embedded.processes import _listed, clear_away, end_stranger, postmaster_on


def _pretend(name: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a process whose command line is *name*, something, and *words*."""
    return subprocess.Popen(
        [name, "-c", "exec 2>&-; while :; do read x; done", *words],
        executable="/bin/sh",
        stdin=subprocess.PIPE,
    )


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "18").mkdir()
    return tmp_path / "18"


@pytest.fixture
def pretend():
    started = []

    def start(*words: str):
        started.append(_pretend(*words))
        time.sleep(0.1)  # between fork and exec the command line is still ours
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()


def test_a_server_on_the_folder_is_found(pretend, cluster):
    server = pretend("/some/where/postgres", "-D", str(cluster), "-k", "/tmp")

    assert postmaster_on(cluster) == server.pid


def test_a_server_on_another_folder_is_not(pretend, cluster):
    pretend("/some/where/postgres", "-D", f"{cluster}.new")
    pretend("/some/where/postgres", "-D", str(cluster.parent))

    assert postmaster_on(cluster) is None


def test_another_program_that_names_the_folder_is_not(pretend, cluster):
    pretend("/usr/bin/editor", "-D", str(cluster))

    assert postmaster_on(cluster) is None


def test_a_dead_server_that_nobody_has_buried_is_not(pretend, cluster):
    server = pretend("postgres", "-D", str(cluster))
    server.kill()
    os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)

    assert postmaster_on(cluster) is None


def test_processes_are_listed_where_there_is_no_proc():
    mine = dict(_listed())[os.getpid()]

    assert "python" in mine


def test_a_stranger_is_ended(pretend, cluster):
    server = pretend("postgres", "-D", str(cluster))

    assert end_stranger(cluster, server.pid)
    assert server.wait(60) != 0


def test_a_stranger_that_is_gone_already_is_no_fault(pretend, cluster):
    server = pretend("postgres", "-D", str(cluster))
    server.kill()
    server.wait()

    assert end_stranger(cluster, server.pid)


@pytest.mark.parametrize("content", ["", "1\n", "9999999\n/x\n", "{me}\n/x\n", "rubbish", "\0\0"])
def test_a_file_with_a_servers_id_prevents_nothing(cluster, content):
    content = content.format(me=os.getpid())
    (cluster / "postmaster.pid").write_text(content)
    said: list[str] = []

    clear_away(cluster, said.append)

    assert list(cluster.iterdir()) == []
    assert said == []


def test_what_an_earlier_foundation_left_is_ended_and_told(pretend, cluster):
    server = pretend("postgres", "-D", str(cluster))
    said: list[str] = []

    clear_away(cluster, said.append)

    assert server.wait(60) != 0
    assert said == ["ending the PostgreSQL that an earlier Foundation left behind"]
