"""A mail server is asked to sign in, and its words, which may echo the password, stay behind."""

import asyncio

import pytest

from foundation_credentials.outside.smtp import ask

CANARY = "canary-9f1c-secret"


async def _mail(reader, writer, accepts: bool) -> None:
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


@pytest.mark.parametrize(("accepts", "word"), [(True, "ok"), (False, "refused")])
async def test_a_mail_server_is_asked_to_sign_in(accepts, word):
    server = await asyncio.start_server(lambda r, w: _mail(r, w, accepts), "127.0.0.1", 0)
    async with server:
        port = str(server.sockets[0].getsockname()[1])
        values = {"host": "127.0.0.1", "port": port, "security": "none"}
        values |= {"username": "ada", "password": CANARY}

        assert await ask("smtp", values, inside=()) == word
