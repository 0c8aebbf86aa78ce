"""MySQL: a server that speaks the real handshake checks the password the real way.

It is MySQL's protocol as far as a sign-in goes (version 10, mysql_native_password), written from
its description; no MySQL or MariaDB server can be had by pip.
"""

import asyncio
import hashlib
import struct
from contextlib import asynccontextmanager, suppress

import pytest

from foundation_credentials.outside.mysql import ask

CANARY = "canary-9f1c-secret"
SALT = bytes(range(33, 53))
LONG_PASSWORD, PROTOCOL_41, CONNECT_WITH_DB = 0x1, 0x200, 0x8
SECURE_CONNECTION, PLUGIN_AUTH = 0x8000, 0x80000
CAN = LONG_PASSWORD | PROTOCOL_41 | CONNECT_WITH_DB | SECURE_CONNECTION | PLUGIN_AUTH
OK = b"\x00\x00\x00\x02\x00\x00\x00"


def packet(number: int, content: bytes) -> bytes:
    return struct.pack("<I", len(content))[:3] + bytes([number]) + content


def greeting() -> bytes:
    """Return HandshakeV10."""
    return (
        b"\x0a8.0.0-test\x00"
        + struct.pack("<I", 7)
        + SALT[:8]
        + b"\x00"
        + struct.pack("<H", CAN & 0xFFFF)
        + b"\x2d"
        + struct.pack("<HH", 2, CAN >> 16)
        + bytes([len(SALT) + 1])
        + bytes(10)
        + SALT[8:]
        + b"\x00mysql_native_password\x00"
    )


def scramble(password: str) -> bytes:
    """Return what proves *password* without telling it: SHA1(p) XOR SHA1(salt + SHA1(SHA1(p)))."""
    once = hashlib.sha1(password.encode()).digest()
    twice = hashlib.sha1(SALT + hashlib.sha1(once).digest()).digest()
    return bytes(a ^ b for a, b in zip(once, twice, strict=True))


def refusal(code: int) -> bytes:
    return b"\xff" + struct.pack("<H", code) + b"#28000" + f"no: {CANARY}".encode()


@asynccontextmanager
async def mysql():
    """Serve a database ``w`` for ``ada``; anything after the sign-in is answered with OK."""

    async def serve(reader, writer):
        writer.write(packet(0, greeting()))
        size = int.from_bytes((await reader.readexactly(4))[:3], "little")
        said = await reader.readexactly(size)
        user, _, rest = said[32:].partition(b"\x00")
        proof, database = rest[1 : 1 + rest[0]], rest[1 + rest[0] :].partition(b"\x00")[0]
        if user != b"ada" or proof != scramble(CANARY):
            writer.write(packet(2, refusal(1045)))
        elif database != b"w":
            writer.write(packet(2, refusal(1049)))
        else:
            writer.write(packet(2, OK))
            with suppress(ConnectionError, asyncio.IncompleteReadError):  # it leaves as it likes
                while head := await reader.readexactly(4):
                    await reader.readexactly(int.from_bytes(head[:3], "little"))
                    writer.write(packet(1, OK))
                    await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield {
            "host": "127.0.0.1",
            "port": str(server.sockets[0].getsockname()[1]),
            "database": "w",
            "username": "ada",
            "password": CANARY,
        }


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, "ok"),
        ({"password": "wrong"}, "refused"),
        ({"username": "bob"}, "refused"),
        ({"database": "nowhere"}, "refused"),
        ({"port": "1"}, "unreachable"),
    ],
)
async def test_a_database_is_asked_to_sign_in(change, word):
    async with mysql() as place:
        assert await ask("mysql", place | change, inside=()) == word
