"""The supervisor with real processes, sockets and signals (operations.md, section 15)."""

import http.client
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .conftest import is_running, until


class Load:
    """Clients that ask again and again, each request on a connection of its own."""

    def __init__(self, server, clients=4):
        self.server = server
        self.done = threading.Event()
        self.answered, self.failed = [], []
        self.threads = [threading.Thread(target=self._ask) for _ in range(clients)]

    def _ask(self):
        while not self.done.is_set():
            began = time.monotonic()
            try:
                status, body = self.server.get("/version")
            except OSError as fault:
                self.failed.append(repr(fault))
            except http.client.HTTPException as fault:
                self.failed.append(repr(fault))
            else:
                self.answered.append((status, body, time.monotonic() - began))
            time.sleep(0.01)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *fault):
        self.done.set()
        for thread in self.threads:
            thread.join()


def test_three_workers_are_ready_within_three_seconds(server):
    server.ready()
    workers = server.workers
    # Other tests may be keeping the machine busy: then it counts how much of it a start takes.
    worked = sum(seconds_of_work(pid) for pid in (server.pid, *workers))

    assert len(workers) == 3
    assert min(server.said("ready")[-1]["seconds"], worked) < 3.0


def seconds_of_work(pid):
    """Return how long a process has computed, and those it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def test_a_killed_worker_harms_only_its_own_connections_and_is_back(server):
    server.ready()
    victim = server.workers[0]
    with Load(server) as load:
        assert until(lambda: len(load.answered) > 25)
        os.kill(victim, signal.SIGKILL)
        assert until(lambda: victim not in server.workers)
        assert until(lambda: server.metric("foundation_workers_live") == 3.0)
        after = len(load.answered)
        assert until(lambda: len(load.answered) > after + 25)

    # For each client at most one that was open, and one that came before its socket was closed.
    assert len(load.failed) <= 2 * len(load.threads)
    assert victim not in server.workers


def test_a_slow_request_finishes_when_the_server_is_stopped(server):
    server.ready()
    with ThreadPoolExecutor() as pool:
        slow = server.busy("/sleep", 1, pool)
        workers = server.workers
        code = server.stop()

        assert slow.result() == (200, "slept")
    assert code == 0
    assert not any(map(is_running, workers))


def test_work_whose_client_has_left_finishes_when_the_server_is_stopped(server):
    server.ready()
    assert server.get("/outlive/1.5")[1] == "begun"

    assert server.stop() == 0
    assert len(server.said("work_done")) == 1


def test_a_request_longer_than_the_drain_is_cut_and_the_exit_code_says_so(server):
    server.ready("graceful=1", "kill=60")
    with ThreadPoolExecutor() as pool:
        slow = server.busy("/sleep", 300, pool)

        assert server.stop() == 5
        assert slow.result()[0] == 500


def test_a_worker_that_does_not_drain_is_killed_in_time(server):
    server.ready("graceful=1", "kill=2")
    with ThreadPoolExecutor() as pool:
        server.busy("/block", 300, pool)

        assert server.stop() == 5


def test_a_second_signal_ends_everything_at_once(server):
    server.ready("graceful=300", "kill=310")
    with ThreadPoolExecutor() as pool:
        server.busy("/sleep", 300, pool)
        server.send(signal.SIGINT)
        assert until(lambda: bool(server.said("stopping")))  # two at once are one
        server.send(signal.SIGINT)

        assert server.ended() == 5


def test_an_idle_connection_does_not_hold_up_a_stop(server):
    server.ready("graceful=300", "kill=310")
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/")
    connection.getresponse().read()

    assert server.stop() == 0
    connection.close()


def test_no_process_is_left_when_the_supervisor_is_killed(server):
    server.ready()
    workers = server.workers
    with ThreadPoolExecutor() as pool:
        server.busy("/sleep", 300, pool)
        server.send(signal.SIGKILL)

        assert until(lambda: not any(map(is_running, workers)))


def test_a_roll_brings_the_new_version_and_no_request_fails(server, tmp_path):
    (tmp_path / "version").write_text("old")
    server.ready()
    before = set(server.workers)
    with Load(server) as load:
        assert until(lambda: bool(load.answered))
        (tmp_path / "version").write_text("new")
        server.send(signal.SIGHUP)
        assert until(lambda: len(server.said("worker replaced")) == 3)
        assert until(lambda: not before & set(server.workers))
        assert until(lambda: load.answered[-1][1] == "new")

    assert load.failed == []
    assert {status for status, _, _ in load.answered} == {200}
    assert load.answered[0][1] == "old"
    assert load.answered[-1][1] == "new"
    assert server.metric('foundation_worker_restarts_total{reason="roll"}') == 3.0


def test_a_changed_source_is_a_roll(server, tmp_path):
    (tmp_path / "version").write_text("old")
    server.ready()
    before = set(server.workers)
    (tmp_path / "version").write_text("new")
    (tmp_path / "changed.py").touch()
    assert until(lambda: len(server.said("worker replaced")) == 3)
    assert until(lambda: not before & set(server.workers))  # one may still take a connection

    assert server.get("/version")[1] == "new"


def test_a_roll_onto_broken_code_leaves_the_old_workers(server, tmp_path):
    server.ready()
    before = set(server.workers)
    (tmp_path / "broken").touch()
    server.send(signal.SIGHUP)
    kept = "the new worker did not start; the old one serves on"
    assert until(lambda: bool(server.said(kept)))

    assert server.said(kept)[0]["reason"] == "the tiny application is broken"
    assert set(server.workers) == before
    assert server.get("/")[0] == 200


def test_a_stopped_worker_is_replaced(server):
    server.ready("silence=2")
    victim = server.workers[0]
    os.kill(victim, signal.SIGSTOP)

    assert until(lambda: victim not in server.workers and len(server.workers) == 3)
    assert until(lambda: server.metric('foundation_worker_restarts_total{reason="hung"}') >= 1.0)


def test_a_worker_with_a_blocked_loop_shows_its_stack_and_is_replaced(server):
    server.ready("silence=2")
    with ThreadPoolExecutor() as pool:
        server.busy("/block", 300, pool)

        assert until(lambda: bool(server.said("a worker hangs")))
        assert until(lambda: "in do_block" in server.output)


def test_connections_do_not_hang_while_a_slot_waits(server, tmp_path):
    server.environ["FOUNDATION_WORKERS"] = "2"
    server.ready("backoff=20")
    (tmp_path / "broken").touch()
    victim = server.workers[0]
    os.kill(victim, signal.SIGKILL)
    wait = "a worker ended; it is started again"
    assert until(lambda: len(server.said(wait)) >= 3)  # killed, broken, broken: it waits 2 s
    waits = [row["wait_s"] for row in server.said(wait)]

    assert waits[:3] == [0.0, 1.0, 2.0]
    for _ in range(30):
        assert server.get("/", timeout=20)[0] == 200


def test_a_crash_loop_ends_with_its_own_code(server, tmp_path):
    server.environ["FOUNDATION_WORKERS"] = "1"
    (tmp_path / "dies").touch()
    server.ready("backoff=0.1", "healthy=600")  # a busy machine crashes slowly

    assert server.ended() == 4
    assert "crash loop" in server.output


def test_thirty_connections_are_spread_over_the_workers(server):
    server.ready()
    served = [server.get("/")[1] for _ in range(60)]

    assert len(set(served)) == 3
    assert max(served.count(pid) for pid in set(served)) <= 0.6 * len(served)


def test_a_canary_secret_is_in_no_line(server):
    server.ready()
    server.get("/raise")
    server.stop()

    assert "canary-in-an-exception" in server.output
    assert "canary-password" not in server.output
    assert server.environ["FOUNDATION_SECRET_KEY"] not in server.output


def test_stacks_are_written_on_request(server):
    server.ready()
    server.send(signal.SIGUSR2)

    assert until(lambda: "Current thread" in server.output)
    assert server.get("/")[0] == 200


def test_the_port_is_free_for_others_right_after_a_stop(server):
    server.ready()
    assert server.get("/")[0] == 200
    server.stop()

    with socket.socket() as next_one:
        next_one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        next_one.bind(("127.0.0.1", server.port))
        next_one.listen()
