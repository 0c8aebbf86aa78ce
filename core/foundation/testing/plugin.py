"""The pytest plugin that comes with Foundation: its fixtures, for core and for plugins."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.app import App, running
from foundation.crypto.ring import SubRing
from foundation.ports import Port
from foundation.secret import Secret
from foundation.settings import Settings, read_settings
from foundation.telemetry.logging import plain
from foundation.testing.client import Client
from foundation.testing.conformance.run import add_option, begin, parametrize
from foundation.testing.conformance.subject import Subject, subject_installed
from foundation.testing.moment import MovableClock
from foundation.testing.people import Events, SignIn, anonymous
from foundation.testing.platform import Migrate, Platform, environ_of
from foundation.testing.postgres import (
    TestServer,
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
    "clock",
    "core_database_url",
    "database",
    "database_url",
    "db",
    "empty_database_url",
    "events",
    "foundation_clock",
    "foundation_environ",
    "foundation_settings",
    "installed_owners",
    "keyring",
    "migrate",
    "platform",
    "port",
    "postgres",
    "subject",
]

pytest.register_assert_rewrite("foundation.testing.conformance")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--foundation-plugin``."""
    add_option(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Run the conformance suite if a plugin is named; let a fault be told in short."""
    plain()
    begin(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the suite for each named plugin."""
    parametrize(metafunc)


@pytest.fixture
def foundation_environ(tmp_path: Path, database_url: Secret) -> dict[str, str]:
    """The environment of a Foundation for one test; override it to set more."""
    return environ_of(tmp_path, database_url)


@pytest.fixture
def foundation_settings(foundation_environ: dict[str, str]) -> Settings:
    """The settings that `foundation_environ` says."""
    return read_settings(foundation_environ)


@pytest.fixture
async def app(
    foundation_settings: Settings,
    foundation_environ: dict[str, str],
    foundation_clock: MovableClock,
) -> AsyncIterator[App]:
    """A running Foundation on a fresh database, with every installed plugin."""
    async with running(
        foundation_settings, clock=foundation_clock, environ=foundation_environ
    ) as app:
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


@pytest.fixture
def foundation_clock() -> MovableClock:
    """The time of `app` and of `platform`: the machine's, until a test moves it forward."""
    return MovableClock()


@pytest.fixture
def clock(foundation_clock: MovableClock) -> MovableClock:
    """The same, under its short name: ``clock.forward(minutes=6)``."""
    return foundation_clock


@pytest.fixture
async def db(app: App) -> AsyncIterator[AsyncSession]:
    """A session that reads the database of `app`, to see what a route has left there."""
    async with app.parts.database.reading() as session:
        yield session


@pytest.fixture
def keyring(app: App) -> Callable[[str], SubRing]:
    """What opens and seals as a plugin does: call it with the plugin's id."""
    return app.parts.ring.for_plugin


@pytest.fixture
async def migrate(postgres: TestServer, tmp_path: Path) -> AsyncIterator[Migrate]:
    """What makes databases: await it with ids of plugins and get an address."""
    making = Migrate(postgres, tmp_path)
    yield making
    await making.close()


@pytest.fixture
async def platform(
    migrate: Migrate, foundation_clock: MovableClock, tmp_path: Path
) -> AsyncIterator[Platform]:
    """What starts a Foundation with some plugins alone: await it with their ids."""
    starting = Platform(migrate, foundation_clock, tmp_path)
    async with starting.stack:
        yield starting


@pytest.fixture
def port(platform: Platform) -> Callable[[Port[Any], object], None]:
    """What puts a fake in a port's place, before `platform` starts: ``port(token, fake)``."""
    return platform.offer


@pytest.fixture(scope="session")
def subject(request: pytest.FixtureRequest) -> Subject:
    """The plugin that the conformance suite looks at."""
    return subject_installed(request.param)
