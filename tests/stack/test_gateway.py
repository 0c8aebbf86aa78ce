"""The shipped Caddyfile before a server of the tests: what it waits for, passes on, and refuses."""

import http.client
import json
import os
import shutil
import signal
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .caddy import caddy_command, caddy_environ
from .picture import GATEWAY_S
from .ports import Ports
from .program import PATIENCE_S, Program, listens, quiet_environ, until
from .wire import Heard, connected, greets, send


class Upstream(BaseHTTPRequestHandler):
    """Both servers behind the gateway: says what it was asked, and streams when that is wanted."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]] = []
    next = threading.Semaphore(0)
    left, gone = threading.Event(), threading.Event()

    def do_GET(self) -> None:
        Upstream.asked.append((self.path, dict(self.headers.items())))
        if self.path == "/api/stream":
            self._stream()
            return
        self._answer(b'{"text": "' + b"x" * 2_000 + b'"}')

    def do_POST(self) -> None:
        Upstream.asked.append((self.path, dict(self.headers.items())))
        if self.path.endswith("slam"):
            self.close_connection = True  # without a word, as a server that dies
            return
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")  # when it is away, no old connection answers
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache, no-transform")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        number = 0
        try:
            while True:
                number += 1
                if not Upstream.left.is_set():
                    Upstream.next.acquire()
                self.wfile.write(f"id: {number}\ndata: {number}\n\n".encode())
                self.wfile.flush()
        except OSError:
            Upstream.gone.set()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@dataclass(slots=True)
class Gateway:
    """A Caddy of its own, and the server behind it, which can go away."""

    folder: Path
    ports: Ports = field(default_factory=Ports.free)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    caddy: Program = field(init=False)
    server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        shutil.copytree(caddy_command()[-1].parent, self.folder / "caddy")
        self.serve()
        command = [*caddy_command()[:-1], self.folder / "caddy" / "Caddyfile"]
        environ = {**quiet_environ(), **caddy_environ(self.folder, self.ports)}
        environ["CADDY_WEB"] = environ["CADDY_API"]
        environ["CADDY_WAIT"] = f"{GATEWAY_S:g}s"  # it waits; how long is no fact here
        self.caddy = Program(command, environ, self.folder / "caddy.log", self.folder)
        self.caddy.start()
        root = self.folder / "caddy-data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        until(lambda: self.caddy.alive() and root.exists(), "Caddy's authority is there")
        self.context = ssl.create_default_context(cafile=str(root))
        until(lambda: greets(self.ports.https, self.context), "Caddy has its certificate")

    def serve(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", self.ports.api), Upstream)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def leave(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def ask(self, head: str, *headers: str, body: object = ()) -> Heard:
        return send(self.ports.https, self.context, head, *headers, body=body)

    def says(self, path: str) -> int:
        """Return the status at *path*, 0 where the connection met the change of the file."""
        try:
            return self.ask(f"GET {path}").status
        except (OSError, http.client.HTTPException):
            return 0


@pytest.fixture(scope="module")
def gateway() -> Iterator[Gateway]:
    folder = Path(tempfile.mkdtemp(prefix="foundation-gateway-"))
    running = Gateway(folder)
    try:
        running.start()
        yield running
    finally:
        running.leave()
        if hasattr(running, "caddy"):
            running.caddy.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_stream_arrives_as_it_is_sent_and_ends_with_its_reader(gateway: Gateway) -> None:
    with connected(gateway.ports.https, gateway.context) as peer:
        head = "GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, zstd\r\n\r\n"
        peer.sendall(head.encode())
        said = b""
        for number in range(1, 5):
            Upstream.next.release()  # the next one is sent when this one is here, and not before
            while f"data: {number}\n\n".encode() not in said:
                chunk = peer.recv(4_096)
                assert chunk
                said += chunk

    assert b"text/event-stream" in said
    assert b"Content-Encoding" not in said  # a stream of small events gains nothing by it
    Upstream.left.set()
    Upstream.next.release()
    assert Upstream.gone.wait(PATIENCE_S)


def test_a_request_waits_while_the_server_behind_is_away(gateway: Gateway) -> None:
    gateway.leave()
    until(lambda: not listens(gateway.ports.api), "the server is away")
    back, began = threading.Timer(1.5, gateway.serve), time.monotonic()
    back.start()

    heard = gateway.ask("POST /api/things", "Content-Length: 5", body=[b"hello"])

    back.join()
    assert (heard.status, heard.body) == (200, b"hello")
    assert time.monotonic() - began > 1


def test_what_a_client_says_of_its_address_is_replaced(gateway: Gateway) -> None:
    gateway.ask(
        "GET /api/who",
        "X-Forwarded-For: 203.0.113.9",
        "X-Forwarded-Proto: gopher",
        "X-Forwarded-Host: evil.example",
        "X-Real-Ip: 203.0.113.9",
        "Forwarded: for=203.0.113.9",
        "X-Request-Id: mine-0123456789",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )

    path, headers = Upstream.asked[-1]
    told = {name.lower(): value for name, value in headers.items()}
    assert path == "/api/who"
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert told["x-forwarded-host"] == "localhost"
    assert told["x-request-id"] != "mine-0123456789"
    assert {"x-real-ip", "forwarded"}.isdisjoint(told)
    assert told["traceparent"].startswith("00-4bf92f3577b34da6a3ce929d0e0e4736-")


def test_what_is_inside_does_not_even_reach_the_server_behind(gateway: Gateway) -> None:
    Upstream.asked.clear()
    spellings = ["/metrics", "//metrics", "/./metrics", "/%6detrics", "/METRICS", "/metrics/"]
    spellings += ["/api/../metrics", "/api/%2e%2e/readyz", "/healthz?a", "/api/metrics"]

    statuses = {gateway.ask(f"GET {path}").status for path in spellings}

    assert statuses == {404}
    assert Upstream.asked == []


def test_a_changed_file_is_taken_while_it_runs_and_a_broken_one_is_not(gateway: Gateway) -> None:
    site = gateway.folder / "caddy" / "site.caddy"
    whole = site.read_text("utf-8")
    cut = '\t@teapot path /teapot\n\thandle @teapot {\n\t\trespond "short and stout" 418\n\t}\n'
    head, brace, rest = whole.partition("(foundation) {\n")
    site.write_text(head + brace + cut + rest, "utf-8")
    os.kill(gateway.caddy.pid, signal.SIGUSR1)
    until(lambda: gateway.says("/teapot") == 418, "the new file is taken")

    site.write_text("(foundation) {\n\tno_such_word\n}\n", "utf-8")
    os.kill(gateway.caddy.pid, signal.SIGUSR1)
    until(lambda: "no_such_word" in gateway.caddy.said, "the broken file is refused")

    assert gateway.says("/teapot") == 418
    site.write_text(whole, "utf-8")
    os.kill(gateway.caddy.pid, signal.SIGUSR1)
    until(lambda: gateway.says("/teapot") == 200, "the old file is back")


def test_who_cannot_be_answered_is_told_so_in_the_form_they_asked_in(gateway: Gateway) -> None:
    """What is neither reading nor has a key is not tried again when the server dies over it."""
    data, page = (
        gateway.ask(f"POST {path}", "Accept: text/html", "Content-Length: 0")
        for path in ("/api/slam", "/slam")
    )

    assert {data.status, page.status} <= {502, 503}
    assert [path for path, _ in Upstream.asked].count("/api/slam") == 1
    assert data.headers["Content-Type"] == "application/problem+json"
    assert json.loads(data.body)["status"] == data.status
    assert json.loads(data.body)["request_id"] == data.headers["X-Request-Id"]
    assert b"<h1>Foundation is away</h1>" in page.body
    for answer in (data, page):
        assert answer.headers["Retry-After"] == "5"
        assert answer.headers["Server"] is None
        assert answer.headers["Cache-Control"] == "no-store"
