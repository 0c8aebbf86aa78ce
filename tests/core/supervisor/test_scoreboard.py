"""The metric files of a run."""

import os
import signal
from functools import partial

import pytest

from foundation.supervisor import scoreboard
from foundation.supervisor.scoreboard import Scoreboard
from foundation.telemetry import metrics

from .conftest import until


@pytest.fixture
def board(tmp_path):
    made = Scoreboard(tmp_path / "metrics", 3)
    made.wipe()
    return made


def test_both_sides_agree_on_names():
    assert scoreboard.FOLDER_VARIABLE == metrics.FOLDER_VARIABLE
    assert scoreboard.FILE == metrics.SUPERVISOR_FILE


def test_what_an_earlier_run_left_is_removed_and_nothing_else(board):
    for name in ("counter_0.db", "supervisor.prom", "notes.txt"):
        (board.folder / name).touch()
    board.wipe()

    assert [path.name for path in board.folder.iterdir()] == ["notes.txt"]


def test_the_gauges_of_a_dead_worker_go_and_its_counters_stay(board):
    for name in ("gauge_livesum_3.db", "gauge_livemax_3.db", "gauge_livesum_1.db", "counter_3.db"):
        (board.folder / name).touch()
    board.forget(3)

    assert {path.name for path in board.folder.iterdir()} == {"gauge_livesum_1.db", "counter_3.db"}


def test_restarts_are_told_by_reason(board):
    board.restarts["crash"] += 2
    board.write(live=2)
    text = (board.folder / "supervisor.prom").read_text()

    assert 'foundation_worker_restarts_total{reason="crash"} 2.0' in text
    assert 'foundation_worker_restarts_total{reason="hung"} 0.0' in text
    assert "foundation_workers_live 2.0" in text
    assert "foundation_workers_configured 3.0" in text


def test_the_file_is_written_only_when_it_says_something_new(board):
    board.write(live=3)
    before = (board.folder / "supervisor.prom").stat().st_ino
    board.write(live=3)
    same = (board.folder / "supervisor.prom").stat().st_ino
    board.write(live=2)

    assert same == before
    assert (board.folder / "supervisor.prom").stat().st_ino != before


def is_replaced(server, victim):
    workers = server.workers
    return bool(workers) and victim not in workers


def versions_told(server):
    return [row for row in server.said("request") if row["route"] == "/version"]


def test_restarts_add_no_metric_files_and_no_counter_falls(server, tmp_path):
    server.environ["FOUNDATION_WORKERS"] = "1"
    server.ready()
    server.get("/version")
    for turn in range(3):
        victim = server.workers[0]
        # The count and the line, in this order, come after the answer.
        assert until(lambda: len(versions_told(server)) > turn)  # noqa: B023  # asked at once
        os.kill(victim, signal.SIGKILL)
        assert until(partial(is_replaced, server, victim))
        assert until(lambda: server.metric("foundation_workers_live") == 1.0), server.output
        server.get("/version")
    assert until(lambda: len(versions_told(server)) == 4)
    name = 'foundation_http_requests_total{method="GET",route="/version",status="200"}'
    assert until(lambda: server.metric(name) == 4.0)  # a scrape is kept for three seconds
    files = {path.name for path in (tmp_path / "data" / "run" / "metrics").glob("*.db")}

    assert all(name.rpartition("_")[2] == "0.db" for name in files)
