"""Receivers of the trail for the tests: each keeps what it got, and can hang or refuse."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field

import pytest


@dataclass
class Receiver:
    """A TCP server that keeps what comes; as HTTP it answers *status*, and nothing while *hangs*."""

    status: int = 200
    hangs: bool = False
    got: list[bytes] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    async def http(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            named = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(named["content-length"]))
            if self.hangs:
                await reader.read()  # until the other side gives up
                return
            self.heads.append(named)
            if self.status == 200:
                self.got.append(body)
            answer = f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            writer.write(answer.encode())
            await writer.drain()
        finally:
            writer.close()

    async def raw(self, reader, writer):
        self.got.append(await reader.read())
        writer.close()

    @property
    def events(self):
        """The events of every batch that was taken, in the order of their coming."""
        return [event["data"] for body in self.got for event in json.loads(body)]


@pytest.fixture
async def receiver():
    """Give a function that starts a receiver speaking *way*."""
    servers, writers = [], []

    async def start(way="http", ssl=None):
        made = Receiver()

        async def take(reader, writer):
            writers.append(writer)
            await getattr(made, way)(reader, writer)

        server = await asyncio.start_server(take, "127.0.0.1", 0, ssl=ssl)
        servers.append(server)
        made.port = server.sockets[0].getsockname()[1]
        return made

    yield start
    for server in servers:
        server.close()
    for writer in writers:  # a server that closes leaves what it has accepted open
        with suppress(AttributeError):  # of TLS, and gone already (asyncio.sslproto)
            writer.transport.abort()
    await asyncio.sleep(0)
