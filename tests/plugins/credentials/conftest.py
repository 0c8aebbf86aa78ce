"""A credential to work with."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from foundation.audit.record import Recorder, declared
from foundation.auth.principal import SYSTEM
from foundation.clock import SystemClock
from foundation.http.apart import Apart, apart
from foundation.http.context import Caller, Context
from foundation.http.edge import source_of
from foundation.telemetry.logging import logger
from foundation_credentials.events import ALL
from foundation_credentials.service.use import Vault
from foundation_credentials.settings import CredentialsSettings

NEW = {
    "slug": "crm",
    "name": "CRM",
    "kind": "basic",
    "description": "The old one",
    "values": {"username": "ada", "password": "hunter2"},
}

DATABASE = {
    "slug": "warehouse",
    "name": "Warehouse",
    "kind": "postgres",
    "values": {"host": "db.example", "database": "w", "username": "ada", "password": "hunter2"},
}

KEY = {
    "slug": "gate",
    "name": "Gate",
    "kind": "ssh_key",
    "values": {"username": "ada", "private_key": "key", "passphrase": "open"},
}


async def _created(client, new) -> dict:
    answer = await client.post("/api/creds", new)
    assert answer.status == 201, answer.text
    return answer.json


@pytest.fixture
def new() -> dict:
    return dict(NEW)


@pytest.fixture
async def crm(operator) -> dict:
    return await _created(operator, NEW)


@pytest.fixture
async def warehouse(operator) -> dict:
    return await _created(operator, DATABASE)


@pytest.fixture
async def gate(operator) -> dict:
    return await _created(operator, KEY)


@pytest.fixture
def reveal(admin):
    """Reveal a field as an admin who has just signed in."""

    async def revealed(credential: dict, field: str):
        return await admin.post(
            f"/api/creds/{credential['id']}/reveal", {"field": field, "reason": "a test"}
        )

    return revealed


class Pieces:
    """What a context asks for services, around the ring and the database of a running app."""

    def __init__(self, app, inside=""):
        self.app = app
        self.own = CredentialsSettings(inside_hosts=inside)
        recorder = Recorder(declared(ALL), SystemClock(), "test")
        self.record = lambda ctx, event: recorder.record(ctx.db, event, source_of(ctx))

    def get(self, ctx, port):
        if port == apart:
            return Apart(ctx, self.app.parts.database, self.record)
        return self.app.registry

    def settings(self, plugin, model):
        return self.own

    def keyring(self, plugin):
        return self.app.parts.ring.for_plugin(plugin)


@pytest.fixture
def vault_for(app):
    """Give the port of the vault as a plugin gets it, on a session that only reads."""

    @asynccontextmanager
    async def vault_for(plugin: str, *, inside: str = ""):
        pieces = Pieces(app, inside)
        async with app.parts.database.reading() as db:
            ctx = Context(
                "r", SYSTEM, "credentials", db, SystemClock(), logger(), Caller(""), pieces,
                pieces.record,
            )  # fmt: skip
            yield Vault(replace(ctx, asked_by=plugin))

    return vault_for


@pytest.fixture
def grant(admin):
    """Let a plugin use a credential."""

    async def granted(credential: dict, plugin: str):
        return await admin.post(f"/api/creds/{credential['id']}/grants", {"plugin": plugin})

    return granted


@pytest.fixture
def listening():
    """Serve on loopback: `reply` to whatever is sent, and keep what was heard."""

    @asynccontextmanager
    async def listening(reply: bytes):
        heard: list[bytes] = []

        async def answer(reader, writer):
            heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(reply)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1], heard

    return listening
