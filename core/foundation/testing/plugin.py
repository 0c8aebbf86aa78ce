"""The pytest plugin that comes with Foundation: its fixtures, for core and for plugins."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from foundation.app import App, running
from foundation.clock import SystemClock
from foundation.secret import Secret
from foundation.settings import Settings, read_settings
from foundation.testing.client import Client
from foundation.testing.people import Events, SignIn, anonymous
from foundation.testing.postgres import (
    core_database_url,
    database,
    database_url,
    empty_database_url,
    installed_owners,
    postgres,
)

__all__ = [
    "app",
    "client",
    "client_as",
    "core_database_url",
    "database",
    "database_url",
    "empty_database_url",
    "events",
    "foundation_environ",
    "foundation_settings",
    "installed_owners",
    "postgres",
]

_KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def foundation_environ(tmp_path: Path, database_url: Secret) -> dict[str, str]:
    """The environment of a Foundation for one test; override it to set more."""
    ring = tmp_path / "keyring"
    ring.write_text(f"test {_KEY}\nactive test\n")
    ring.chmod(0o400)
    return {
        "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
        "FOUNDATION_DATABASE_URL": database_url.reveal(),
        "FOUNDATION_DATA": str(tmp_path / "data"),
        "FOUNDATION_SECRET_KEY": _KEY,
        "FOUNDATION_KEYRING_FILE": str(ring),
        "FOUNDATION_OIDC_ISSUER": "http://localhost:9",
        "FOUNDATION_OIDC_CLIENT_ID": "foundation",
        "FOUNDATION_OIDC_CLIENT_SECRET": "a secret of the tests",
    }


@pytest.fixture
def foundation_settings(foundation_environ: dict[str, str]) -> Settings:
    """The settings that `foundation_environ` says."""
    return read_settings(foundation_environ)


@pytest.fixture
async def app(
    foundation_settings: Settings, foundation_environ: dict[str, str]
) -> AsyncIterator[App]:
    """A running Foundation on a fresh database, with every installed plugin."""
    async with running(foundation_settings, clock=SystemClock(), environ=foundation_environ) as app:
        yield app


@pytest.fixture
def client(app: App) -> Client:
    """A client of somebody who has not signed in."""
    return anonymous(app)


@pytest.fixture
def client_as(app: App) -> SignIn:
    """What signs people in: await it with a role and get a client."""
    return SignIn(app)


@pytest.fixture
def events(app: App) -> Events:
    """What reads the audit trail: await it, with the start of a type or without."""
    return Events(app)
