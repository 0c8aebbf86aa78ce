"""Three real workers and a real Valkey: what was ended is ended everywhere, and stays so."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from ..valkey_server import Valkey
from .foundation_process import FoundationProcess
from .honest import honest_afterwards
from .visitor import Answer, Visitor

ASKED = 40
"""Connections to try: that one of three workers gets none of so many is one in ten million."""

COOKIE = "__Host-foundation_session"
LEASE_S = 120
"""Four times what an entry of an old dump may count at most; it is waited for, not slept through."""


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def three(valkey: Valkey) -> Iterator[FoundationProcess]:
    extra = {"FOUNDATION_WORKERS": "3", "FOUNDATION_REDIS_URL": valkey.url}
    with FoundationProcess(extra=extra) as running:
        yield running


@pytest.fixture
def the_next_honest_request_works(three: FoundationProcess) -> Iterator[None]:
    with honest_afterwards(three):
        yield


def signed_in(three: FoundationProcess, person: str) -> Visitor:
    visitor = Visitor(three.url)
    assert visitor.sign_in(person).status == 303
    return visitor


def statuses(visitor: Visitor) -> set[int]:
    """Ask on many connections; each lands on whichever worker the kernel picks."""
    return {visitor.get("/api/auth/me").status for _ in range(ASKED)}


def everywhere(visitor: Visitor, seen: Callable[[Answer], bool]) -> bool:
    """Wait until each worker answers so: within the time that an entry in Redis may count."""
    ends = time.monotonic() + LEASE_S
    while not all(seen(visitor.get("/api/auth/me")) for _ in range(ASKED)):
        if time.monotonic() > ends:
            return False
        time.sleep(0.5)
    return True


def refused_everywhere(visitor: Visitor) -> bool:
    """Wait until no worker knows the cookie any more."""
    return everywhere(visitor, lambda answer: answer.status == 401)


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

    ada.send(
        "PATCH",
        f"/api/users/{oscar_row['id']}",
        {"role": "viewer"},
        If_Match=f'"{oscar_row["version"]}"',
    )
    assert everywhere(oscar, lambda answer: answer.json["roles"] == ["viewer"])

    oscar_row = ada.get(f"/api/users/{oscar_row['id']}").json
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


@pytest.mark.usefixtures("the_next_honest_request_works")
def test_a049_a050_signed_out_while_redis_was_away_stays_so_when_its_old_dump_comes_back(
    three: FoundationProcess, valkey: Valkey
) -> None:
    ada, vera = signed_in(three, "admin"), signed_in(three, "viewer")
    old = Visitor(three.url, dict(vera.cookies))
    assert statuses(old) == {200}
    assert any(b"session" in key for key in valkey.command("KEYS", "*"))
    dump = valkey.dump()
    valkey.command("FLUSHALL")
    assert statuses(old) == {200}  # nobody is signed out by an emptied Redis
    valkey.stop()
    assert statuses(old) == statuses(ada) == {200}  # nor by an absent one

    assert vera.post("/api/auth/logout").status == 200
    valkey.start(dump=dump)

    assert any(b"session" in key for key in valkey.command("KEYS", "*"))
    assert refused_everywhere(old)
    assert statuses(ada) == {200}


@pytest.mark.usefixtures("the_next_honest_request_works")
def test_a051_a_redis_that_is_slow_closed_full_or_read_only_signs_nobody_out(
    three: FoundationProcess, valkey: Valkey
) -> None:
    vera = signed_in(three, "viewer")
    with valkey.hung():
        assert statuses(vera) == {200}
    with valkey.client() as inside:  # it is in before a password is asked for
        for trouble, mended in (
            (["CONFIG SET requirepass x", "CLIENT KILL TYPE normal"], "CONFIG SET requirepass"),
            (["CONFIG SET maxmemory 1"], "CONFIG SET maxmemory 0"),
            (["REPLICAOF 127.0.0.1 9"], "REPLICAOF NO ONE"),
        ):
            for command in trouble:
                inside.execute_command(*command.split())
            assert statuses(vera) == {200}, trouble
            assert Visitor(three.url, {COOKIE: "A" * 43}).get("/api/auth/me").status == 401
            inside.execute_command(*mended.split(), *([""] if "requirepass" in mended else []))


def raw(three: FoundationProcess, request: bytes) -> bytes:
    """Send bytes as they are and return the beginning of the answer."""
    with socket.create_connection(("127.0.0.1", three.port), timeout=120) as peer:
        peer.sendall(request)
        peer.shutdown(socket.SHUT_WR)
        answer = b""
        while b"\n" not in answer and (chunk := peer.recv(4096)):
            answer += chunk
    return answer.partition(b"\r\n")[0]


HOST = b"Host: localhost\r\n"


@pytest.mark.usefixtures("the_next_honest_request_works")
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


@pytest.mark.usefixtures("the_next_honest_request_works")
def test_a137_a_file_elsewhere_is_not_found_however_it_is_spelled(three: FoundationProcess) -> None:
    for spelled in (
        b"/..%2f..%2fetc/passwd", b"/assets/..%2f..%2f..%2fpyproject.toml", b"/%2e%2e/%2e%2e/x.py",
        b"/assets/%5c..%5c..%5cx.js", b"/assets/a%00.js", b"/%252e%252e%252fpyproject.toml",
        b"/assets/....//....//x.js",
    ):  # fmt: skip
        line = raw(three, b"GET " + spelled + b" HTTP/1.1\r\n" + HOST + b"\r\n")

        assert line.split()[1] in {b"400", b"404"}, (spelled, line)


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
