"""A small Foundation that was lived in, and a dump of it."""

import pytest

from foundation.audit.keeper import Keeper
from foundation.backup.dump import make_dump
from foundation.clock import SystemClock

from ..signing import signing


@pytest.fixture
def foundation_environ(foundation_environ, tmp_path):
    """Sign the trail, and keep the notes outside the database."""
    return foundation_environ | signing(tmp_path)


@pytest.fixture
async def lived_in(app, client_as):
    """A Foundation with somebody signed in, a secret, and a sealed trail."""
    admin = await client_as("admin")
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": "the-canary"}}
    assert (await admin.post("/api/creds", new)).status == 201
    await Keeper(app.parts.sealer).pass_once()
    return app


@pytest.fixture
async def dump(lived_in, database_url, tmp_path):
    """A dump of it."""
    return await make_dump(database_url, tmp_path / "dumps", now=SystemClock().now())
