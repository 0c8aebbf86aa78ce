"""The first workers: one import for all of them, and what happens when it does not work."""

import os
import signal
import sys

import pytest

from .conftest import is_running, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each starts alone")

ALONE = "the workers did not start together; each starts alone"


def importers(server):
    """Return the workers that answer, and who imported what they serve."""
    asked = [server.get("/imported")[1].split() for _ in range(50)]
    return {int(worker) for worker, _ in asked}, {int(importer) for _, importer in asked}


def test_the_first_workers_share_one_import_and_a_later_one_has_its_own(server):
    server.ready()
    workers, imported = importers(server)

    assert set(server.workers) == workers  # children of the supervisor, as those started alone
    assert len(workers) == 3
    assert len(imported) == 1
    assert not imported & workers
    assert not is_running(*imported)  # it brought them and ended
    assert {os.getpgid(worker) for worker in workers} == workers  # Ctrl-C reaches none of them

    victim = server.workers[0]
    os.kill(victim, signal.SIGKILL)
    assert until(lambda: bool(set(server.workers) - workers))
    (fresh,) = set(server.workers) - workers
    assert until(lambda: server.metric("foundation_workers_live") == 3.0)
    assert until(lambda: fresh in importers(server)[1])
    (told,) = server.said("a worker ended; it is started again")
    assert (told["worker"], told["how"]) == (victim, "signal 9")
    assert server.stop() == 0
    assert not server.said(ALONE)


def test_an_import_that_ends_its_process_makes_each_start_alone(server, tmp_path):
    (tmp_path / "ends").touch()
    server.environ["FOUNDATION_WORKERS"] = "2"
    server.ready()
    workers, imported = importers(server)

    assert server.said(ALONE)[0]["how"] == "exit code 7"
    assert workers == imported == set(server.workers)
    assert server.stop() == 0


def test_an_import_that_hangs_makes_each_start_alone(server, tmp_path):
    (tmp_path / "hangs").touch()
    server.environ["FOUNDATION_WORKERS"] = "2"
    server.ready("together=1")

    assert server.said(ALONE)[0]["how"] == "not in time"
    assert len(server.workers) == 2


def test_an_import_that_fails_ends_the_start_with_the_reason(server, tmp_path):
    (tmp_path / "fails").touch()
    server.environ["FOUNDATION_WORKERS"] = "2"
    server.start()

    assert server.ended() == 3
    reason = "foundation: a worker did not start: RuntimeError: the tiny import fails"
    assert reason in server.output


def test_a_stop_while_the_import_hangs_leaves_nothing(server, tmp_path):
    (tmp_path / "hangs").touch()
    server.start()
    assert until((tmp_path / "hanging").exists)
    one = server.workers

    assert server.stop() == 0
    assert len(one) == 1
    assert not any(map(is_running, one))


def test_nothing_is_left_when_the_supervisor_is_killed_while_the_import_hangs(server, tmp_path):
    (tmp_path / "hangs").touch()
    server.start()
    assert until((tmp_path / "hanging").exists)
    one = server.workers
    server.send(signal.SIGKILL)

    assert until(lambda: not any(map(is_running, one)))
