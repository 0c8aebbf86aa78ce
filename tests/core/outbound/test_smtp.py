"""A mail server's answer becomes one word, whatever it says."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from foundation.outbound.smtp import sign_in
from foundation.secret import Secret


@asynccontextmanager
async def server(auth: bytes):
    left = asyncio.Event()

    async def speak(reader, writer):
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            if line.upper().startswith(b"EHLO"):
                writer.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            else:
                writer.write(auth if line.upper().startswith(b"AUTH") else b"250 ok\r\n")
            await writer.drain()
        writer.close()
        left.set()

    running = await asyncio.start_server(speak, "127.0.0.1", 0)
    async with running:
        yield running.sockets[0].getsockname()[1]
        async with asyncio.timeout(60):
            await left.wait()


def asked(port: int, security: str = "none"):
    return sign_in(
        host="127.0.0.1", port=port, security=security, username="ada",
        password=Secret("hunter2"), within_s=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "word"),
    [(b"235 in\r\n", "ok"), (b"535 no hunter2\r\n", "refused"), (b"454 later\r\n", "refused")],
)
async def test_a_sign_in_is_one_word(answer, word):
    async with server(answer) as port:
        assert await asked(port) == word


async def test_nobody_there_is_unreachable():
    assert await asked(1) == "unreachable"


async def test_a_server_that_cannot_encrypt_gets_no_password():
    async with server(b"235 in\r\n") as port:
        assert await asked(port, "starttls") == "failed"
