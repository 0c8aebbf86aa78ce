"""A worker as a process: sockets, refusals, and what it says when it cannot start."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

TINY = Path(__file__).parents[2] / "fixtures" / "tiny_app"


class Worker:
    """A worker without a supervisor: this test is its parent."""

    def __init__(self, folder, **settings):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.link, its_link = os.pipe()
        its_lifeline, self.lifeline = os.pipe()
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("FOUNDATION_")},
            "PYTHONPATH": str(TINY),
            "TINY_FOLDER": str(folder),
            "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
            "FOUNDATION_DATABASE_URL": "postgresql://u:p@localhost/x",
            "FOUNDATION_SECRET_KEY": "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMDA=",
            "FOUNDATION_OIDC_ISSUER": "http://localhost:1",
            "FOUNDATION_OIDC_CLIENT_ID": "foundation",
            **settings,
        }
        self.out = folder / "out"
        command = [sys.executable, "-m", "foundation.asgi", "--app", "tiny_app:running"]
        given = {"socket": self.listener.fileno(), "link": its_link, "lifeline": its_lifeline}
        numbers = {**given, "parent": os.getpid(), "slot": 1, "series": 2, "graceful": 30}
        for name, number in numbers.items():
            command += [f"--{name}", str(number)]
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                command, pass_fds=list(given.values()), env=environ, stdout=out, stderr=out
            )
        os.close(its_link)
        os.close(its_lifeline)

    def said(self, word, *, within=120.0):
        heard, end = b"", time.monotonic() + within
        while word not in heard and time.monotonic() < end:
            fresh = os.read(self.link, 4_096)
            if not fresh:
                break
            heard += fresh
        return heard

    def ask(self, method="GET", path="/", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def raw(self, data):
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(data)
            return connection.recv(4_096)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for descriptor in (self.link, self.lifeline):
            if descriptor is not None:
                os.close(descriptor)
        self.listener.close()


@pytest.fixture
def start(tmp_path):
    started = []

    def make(**settings):
        started.append(Worker(tmp_path, **settings))
        return started[-1]

    yield make
    for worker in started:
        worker.close()


@pytest.fixture
def worker(start):
    made = start()
    assert b"R" in made.said(b"R"), made.out.read_text()
    return made


@pytest.fixture
def the_next_honest_request_works(worker):
    """Ask the same worker for something after the attack that a test tries."""
    yield
    assert worker.ask()[0] == 200
    assert "request_failed" not in worker.out.read_text()


def test_a_worker_is_ready_when_it_accepts_connections(worker):
    assert worker.ask()[0] == 200


def test_connect_trace_and_websocket_are_refused_and_the_worker_lives(worker):
    upgrade = (
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )

    assert worker.raw(b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 405")
    assert worker.raw(b"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n").startswith(b"HTTP/1.1 405")
    assert worker.raw(upgrade).startswith(b"HTTP/1.1 403")
    assert worker.ask()[0] == 200


def test_headers_over_16_kb_are_431_in_one_piece_and_in_several(worker):
    head = b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"a" * 20_000

    assert worker.raw(head + b"\r\n\r\n").startswith(b"HTTP/1.1 431")
    assert worker.raw(head).startswith(b"HTTP/1.1 431")
    assert worker.ask()[0] == 200


def test_http_two_is_refused_and_the_worker_lives(worker):
    h2c = (
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        b"HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n"
    )
    worker.raw(h2c)

    assert worker.ask()[0] == 200


def test_rubbish_is_refused_and_the_worker_lives(worker):
    assert worker.raw(b"\x00\x01rubbish\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert worker.ask()[0] == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
def test_a133_a_chunked_body_over_the_limit_is_refused_without_being_kept(worker):
    def resident():
        status = Path(f"/proc/{worker.process.pid}/statm").read_text().split()
        return int(status[1]) * os.sysconf("SC_PAGE_SIZE")

    worker.ask("POST", "/take", body=(b"a" * 65_536 for _ in range(4)))
    before = resident()
    statuses = [
        worker.ask("POST", "/take", body=(b"a" * 65_536 for _ in range(200)))[0] for _ in range(4)
    ]

    assert statuses == [413] * 4
    assert resident() - before < 10_000_000
    assert worker.ask("POST", "/take", body=b"a" * 1_000) == (200, b"1000")


OVER = b"%x\r\n%b\r\n" % (1_100_000, b"a" * 1_100_000)
UNREAD = (
    (b"TRACE / ", b""),  # refused before anything is read
    (b"POST /take ", OVER),  # refused while it comes
    (b"GET /healthz ", b""),  # answered by the edge
    (b"POST /pid ", b""),  # answered by an application that does not look at it
)


def test_a_body_in_crumbs_that_nobody_reads_holds_nothing_up(worker):
    """hypercorn tells an application the end through the queue that the crumbs have filled."""
    for head, first in UNREAD:
        with socket.create_connection(("127.0.0.1", worker.port), timeout=60) as peer:
            peer.sendall(
                head + b"HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + first
            )
            with contextlib.suppress(ConnectionError):  # it may close while crumbs still come
                for _ in range(20):
                    peer.sendall(b"1\r\na\r\n" * 1_000)
                while peer.recv(4_096):
                    pass  # until it is closed: nobody waits
    worker.process.send_signal(signal.SIGTERM)

    assert worker.process.wait(60) == 0  # and nothing had to be cut


def test_a_body_within_the_limit_arrives(worker):
    assert worker.ask("POST", "/take", body=b"a" * 1_000_000) == (200, b"1000000")


def test_a_forged_address_reaches_no_line(worker):
    worker.ask("GET", "/", None, **{"X-Forwarded-For": "6.6.6.6"})
    worker.process.send_signal(signal.SIGTERM)
    worker.process.wait(60)

    assert '"client":"127.0.0.1"' in worker.out.read_text()
    assert "6.6.6.6" not in worker.out.read_text()


def test_a_worker_beats(worker):
    assert b"." in worker.said(b".", within=60)


def test_a_stop_drains(worker):
    with socket.create_connection(("127.0.0.1", worker.port), timeout=60) as slow:
        slow.sendall(b"GET /sleep/1 HTTP/1.1\r\nHost: x\r\n\r\n")
        while '"begun"' not in worker.out.read_text():
            time.sleep(0.02)
        worker.process.send_signal(signal.SIGTERM)

        assert slow.recv(4_096).startswith(b"HTTP/1.1 200")
    assert worker.process.wait(60) == 0


def test_ctrl_c_of_the_terminal_is_not_a_workers_business(worker):
    worker.process.send_signal(signal.SIGINT)
    worker.process.send_signal(signal.SIGHUP)
    time.sleep(0.2)

    assert worker.ask()[0] == 200


def test_a_worker_whose_lifeline_ends_drains(worker):
    os.close(worker.lifeline)
    worker.lifeline = None

    assert worker.process.wait(60) == 0


def test_a_worker_that_cannot_start_says_why(start, tmp_path):
    (tmp_path / "broken").touch()
    worker = start()

    assert worker.said(b"broken").endswith(b"Fthe tiny application is broken")
    assert worker.process.wait(60) == 3
    assert worker.out.read_text() == ""


def test_a_worker_with_wrong_settings_says_which(start):
    worker = start(FOUNDATION_WORKERS="many")

    assert b"FOUNDATION_WORKERS" in worker.said(b"FOUNDATION_WORKERS")
    assert worker.process.wait(60) == 3
