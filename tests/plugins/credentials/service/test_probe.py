"""Probe: one word of a closed list, from a real server, and never what the server said."""

import asyncio

import pytest
from sqlalchemy.engine import make_url

CANARY = "canary-9f1c-secret"


@pytest.fixture
def place(database_url):
    """The server of these tests as the parts of a credential."""
    url = make_url(database_url.reveal())
    return {
        "host": url.query.get("host") or url.host,
        "port": str(url.port or 5432),
        "database": url.database,
        "username": url.username,
        "password": url.password or CANARY,
    }


async def _tried(client, kind: str, values: dict) -> str:
    answer = await client.post("/api/creds/test", {"kind": kind, "values": values})
    assert answer.status == 200, answer.text
    assert CANARY not in answer.text
    return answer.json["result"]


async def test_a_database_lets_us_in(operator, place):
    assert await _tried(operator, "postgres", place) == "ok"


async def test_a125_a_database_that_is_not_there_is_refused_without_its_words(operator, place):
    wrong = place | {"database": "nowhere", "password": CANARY}

    assert await _tried(operator, "postgres", wrong) == "refused"


async def test_nobody_listens(operator):
    values = {"host": "127.0.0.1", "port": "1", "username": "a", "password": CANARY}

    assert await _tried(operator, "postgres", values | {"database": "x"}) == "unreachable"
    assert await _tried(operator, "smtp", values | {"security": "none"}) == "unreachable"


async def _mail(reader, writer, accepts: bool, left: asyncio.Event) -> None:
    """Speak as much SMTP as a sign-in needs, and echo the secret as bad servers do."""
    writer.write(b"220 here\r\n")
    while line := await reader.readline():
        word = line.split()[0].upper() if line.split() else b""
        if word == b"EHLO":
            writer.write(b"250-here\r\n250 AUTH PLAIN\r\n")
        elif word == b"AUTH":
            writer.write(b"235 ok\r\n" if accepts else b"535 no: " + CANARY.encode() + b"\r\n")
        elif word == b"QUIT":
            break
        else:
            writer.write(b"250 ok\r\n")
        await writer.drain()
    writer.close()
    left.set()


@pytest.mark.parametrize(("accepts", "word"), [(True, "ok"), (False, "refused")])
async def test_a_mail_server_is_asked_to_sign_in(operator, accepts, word):
    left = asyncio.Event()
    server = await asyncio.start_server(lambda r, w: _mail(r, w, accepts, left), "127.0.0.1", 0)
    async with server:
        port = str(server.sockets[0].getsockname()[1])
        values = {"host": "127.0.0.1", "port": port, "security": "none"}
        values |= {"username": "ada", "password": CANARY}

        assert await _tried(operator, "smtp", values) == word
        async with asyncio.timeout(10):
            await left.wait()


async def test_a117_a_token_is_not_sent_to_a_host_inside(operator, listening):
    async with listening(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") as (port, heard):
        values = {"token": CANARY, "url": f"http://localhost:{port}/"}

        assert await _tried(operator, "bearer", values) == "not_allowed"
    assert heard == []


@pytest.mark.parametrize("kind", ["kv", "bearer"])
async def test_what_names_no_remote_is_not_tested(operator, kind):
    assert await _tried(operator, kind, {"token": CANARY}) == "untested"


async def test_wrong_values_are_named_and_not_tried(operator):
    answer = await operator.post("/api/creds/test", {"kind": "basic", "values": {"x": CANARY}})

    assert answer.status == 422
    assert CANARY not in answer.text


async def test_a118_what_is_kept_is_tested_against_the_host_that_is_kept(operator, place, told):
    new = {"slug": "w", "name": "W", "kind": "postgres", "values": place}
    made = (await operator.post("/api/creds", new)).json

    answer = await operator.post(f"/api/creds/{made['id']}/test")
    moved = await operator.put(
        f"/api/creds/{made['id']}/values", {"values": {"host": "evil.example"}}, if_match=1
    )

    assert answer.json["result"] == "ok"
    assert moved.json["errors"][0]["code"] == "secret_required"
    (event,) = await told("credentials.credential.tested")
    assert event["detail"] == {"kind": "postgres", "result": "ok"}
