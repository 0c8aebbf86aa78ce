"""Commands on a database of their own: those of the host, of the trail, and of backups."""

import asyncio

import pytest
from click.testing import CliRunner

from foundation.audit.actor import Source
from foundation.audit.keeper import Keeper
from foundation.audit.own import REJECTED
from foundation.audit.start import build_recorder, build_sealer
from foundation.auth.repository import deployment_id
from foundation.backup.keep import dumps_in
from foundation.cli.audit import audit
from foundation.cli.backup import backup
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.settings import read_settings

from ..signing import KEY, signing

CANARY = "the-canary-of-backups"


@pytest.fixture
def host(foundation_environ, core_database_url, monkeypatch):
    """Run a command beside the test's event loop, in an environment of its own."""
    environ = foundation_environ | {
        "FOUNDATION_DATABASE_URL": core_database_url.reveal(),
        "COLUMNS": "200",
    }
    monkeypatch.delenv("DATABASE_URL", raising=False)

    async def run(command, *words: str, **more: str):
        return await asyncio.to_thread(
            CliRunner().invoke, command, words, env=environ | more, catch_exceptions=False
        )

    return run


@pytest.fixture
def command(foundation_environ):
    """Run a command beside the test's event loop, on the database of `app`."""

    async def run(command, *words: str, **more: str):
        environ = foundation_environ | {"COLUMNS": "200"} | more
        return await asyncio.to_thread(CliRunner(env=environ).invoke, command, list(words))

    return run


@pytest.fixture
async def lived_in(app, client_as):
    """A Foundation with somebody signed in, a secret, and a sealed trail."""
    admin = await client_as("admin")
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": CANARY}}
    assert (await admin.post("/api/creds", new)).status == 201
    await Keeper(app.parts.sealer).pass_once()
    return admin


@pytest.fixture
async def dump(command, lived_in, tmp_path):
    """A dump of it."""
    made = await command(backup, "make", "--to", str(tmp_path / "kept"))
    assert made.exit_code == 0, made.output
    (file,) = dumps_in(tmp_path / "kept")
    return file


@pytest.fixture
def environ(postgres, tmp_path):
    """Give the settings of a deployment that signs its trail, on an empty database."""
    address = asyncio.run(postgres.create(()))
    yield {
        "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
        "FOUNDATION_DATABASE_URL": address.reveal(),
        "FOUNDATION_SECRET_KEY": KEY,
        "FOUNDATION_OIDC_ISSUER": "http://localhost:9",
        "FOUNDATION_OIDC_CLIENT_ID": "foundation",
        "FOUNDATION_DATA": str(tmp_path),
        **signing(tmp_path),
    }
    asyncio.run(postgres.drop(address))


@pytest.fixture
def run(environ):
    """Run a command of ``foundation audit`` on that deployment."""

    def invoke(*words, typed=None, **more):
        settings = {**environ, **more}
        return CliRunner().invoke(audit, words, env=settings, input=typed, catch_exceptions=False)

    return invoke


@pytest.fixture
def fill(environ):
    """Record three events of an actor there, seal and publish them, and return their ids."""
    return lambda actor, **more: asyncio.run(_filled({**environ, **more}, actor))


async def _filled(environ, actor):
    settings = read_settings(environ)
    database = Database(settings.database_url)
    async with database.reading() as db:
        deployment = await deployment_id(db)
    secret = AppSecret(settings.secret_key, deployment=deployment)
    recorder = build_recorder(settings, {}, clock=SystemClock(), secret=secret, app_version="1")
    sealer = build_sealer(settings, database=database, deployment=deployment, recorder=recorder)
    async with database.transaction() as db:
        event, source = REJECTED(event_id="x", fault="for the test"), Source(actor, "audit", "r")
        made = [recorder.record(db, event, source) for _ in range(3)]
    await sealer.seal()
    await sealer.publisher.publish()
    await database.dispose()
    return made
