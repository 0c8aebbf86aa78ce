"""Test databases: one real PostgreSQL for the session, a fresh database for each test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from foundation.clock import SystemClock
from foundation.db.address import direct_engine, engine_url
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.embedded.cluster import Layout, try_lock
from foundation.db.engine import Database
from foundation.db.migrate import Owner, upgrade
from foundation.plugins.loader import load
from foundation.secret import Secret
from foundation.settings import PluginChoice

PREFIX = "foundation-tests-"
ROOM = 2 << 30
"""Bytes that must be free in memory before databases are kept there."""


class TestDatabaseBroken(Exception):
    """The tables of an owner cannot be made, so no test can have a database."""

    __test__ = False


@dataclass(slots=True)
class TestServer:
    """A running server that makes databases: empty ones, and copies of migrated ones."""

    __test__ = False

    url: Secret
    _numbers: Iterator[int] = field(default_factory=itertools.count, init=False)
    _templates: dict[tuple[str, ...], str] = field(default_factory=dict, init=False)

    async def create(self, owners: Sequence[Owner] | None = None) -> Secret:
        """Make a database and return its address: empty, or with core's and *owners*' tables.

        The tables are migrated once for each set of owners and then copied. Raises
        `TestDatabaseBroken`.
        """
        template = "template0" if owners is None else await self._template(owners)
        return await self._copy(template)

    async def drop(self, url: Secret) -> None:
        """Drop the database at *url*, whoever is still connected."""
        name = engine_url(url).database
        await self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def _template(self, owners: Sequence[Owner]) -> str:
        key = tuple(owner.id for owner in owners)
        if key not in self._templates:
            url = await self._copy("template0")
            bad = [o for o in await upgrade(url, owners, say=_quiet) if not o.ok]
            if bad:
                reasons = "; ".join(f"{o.owner}: {o.reason}" for o in bad)
                raise TestDatabaseBroken(reasons) from bad[0].fault
            self._templates[key] = str(engine_url(url).database)
        return self._templates[key]

    async def _copy(self, template: str) -> Secret:
        name = f"test_{next(self._numbers)}"
        # A file copy: the log of a block copy costs more, and its durability nobody needs here.
        await self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        url = engine_url(self.url).set(database=name, drivername="postgresql")
        return Secret(url.render_as_string(hide_password=False))

    async def _run(self, sql: str) -> None:
        async with self._engine().connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(
                text(sql)
            )

    def _engine(self) -> AsyncEngine:
        return direct_engine(self.url, application_name="foundation/tests", server={})


def _quiet(_line: str) -> None:
    """Say nothing."""


def quick_folder() -> Path:
    """Return where files of a test are quick: in memory when there is room, else on disk."""
    memory = Path("/dev/shm")  # noqa: S108  # whoever uses it makes an unguessable folder in it
    if not os.access(memory, os.W_OK):
        return Path(tempfile.gettempdir())
    found = os.statvfs(memory)
    fits = found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC
    return memory if fits else Path(tempfile.gettempdir())


def sweep(place: Path, *, age_s: float = 60.0) -> None:
    """Delete what a killed session left in *place*: a folder whose lock nobody holds."""
    for folder in place.glob(f"{PREFIX}*"):
        lock = folder / "pg" / "lock"
        with suppress(OSError):
            if SystemClock().now().timestamp() - lock.stat().st_mtime < age_s:
                continue  # it may be about to take its lock
            descriptor = try_lock(Layout(folder / "pg"))
            if descriptor is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(descriptor)


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """A real PostgreSQL of this session alone; several sessions may run at once."""
    # Not pytest's own folder: it is closed to the user that runs the server when we are root.
    sweep(quick_folder())
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=quick_folder()))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "pg", durable=False)
    try:
        yield TestServer(server.start(_quiet))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def installed_owners() -> tuple[Owner, ...]:
    """Whoever has tables in this environment, core aside."""
    with tempfile.TemporaryDirectory() as data:
        return tuple(load(PluginChoice(data=Path(data)), environ={}).owners)


@pytest.fixture
async def database_url(
    postgres: TestServer, installed_owners: tuple[Owner, ...]
) -> AsyncIterator[Secret]:
    """A fresh database with the tables of core and of every installed plugin."""
    url = await postgres.create(installed_owners)
    yield url
    await postgres.drop(url)


@pytest.fixture
async def core_database_url(postgres: TestServer) -> AsyncIterator[Secret]:
    """A fresh database with core's tables alone."""
    url = await postgres.create(())
    yield url
    await postgres.drop(url)


@pytest.fixture
async def empty_database_url(postgres: TestServer) -> AsyncIterator[Secret]:
    """A fresh database with nothing in it."""
    url = await postgres.create()
    yield url
    await postgres.drop(url)


@pytest.fixture
async def database(database_url: Secret) -> AsyncIterator[Database]:
    """The pool on a fresh database with all tables."""
    database = Database(database_url, application_name="foundation/tests")
    yield database
    await database.dispose()
