"""The ledger for commands: the database they work on, who typed them, and the server they tell."""

import asyncio
import getpass
import os
import signal
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.actor import Actor
from foundation.auth.trail_seal import seal_with, seal_with_key
from foundation.db.address import BadAddress
from foundation.db.embedded import EmbeddedPostgres, folder_in
from foundation.db.engine import Database
from foundation.errors import FoundationError
from foundation.plugins.ledger import remember_in
from foundation.plugins.memory import NO_MEMORY, Memory
from foundation.plugins.quarantine import Kept, kept_parts
from foundation.plugins.trail import operator
from foundation.secret import Secret
from foundation.settings import (
    PluginChoice,
    SettingsRefused,
    read_choice,
    read_database_url,
    read_settings,
)
from foundation.supervisor.hold import holder_of

T = TypeVar("T")

UNDONE = MappingProxyType(dict.fromkeys((FoundationError, DBAPIError, OSError), 1))
"""The exit codes of what was understood and could not be done."""

Work = Callable[[AsyncSession], Awaitable[T]]


def who() -> Actor:
    """Return whoever typed the command, as the trail names them: ``cli:`` and their account."""
    return operator(getpass.getuser())


def choice() -> PluginChoice:
    """Return which plugins the settings want; raises `SettingsRefused`."""
    return read_choice(os.environ)


def read(work: Work[T]) -> T:
    """Do *work* in a session that only reads."""
    with address() as url:
        return asyncio.run(_done(url, work, writes=False))


def write(work: Work[T]) -> T:
    """Do *work* in one transaction."""
    with address() as url:
        return asyncio.run(_done(url, work, writes=True))


def remembered() -> tuple[Memory, Collection[Kept]]:
    """Return what the ledger knows, or nothing where it is not set or not reachable."""
    try:
        if read_database_url(os.environ) is None:
            return NO_MEMORY, ()
        return read(remembered_in)
    except (FoundationError, BadAddress, DBAPIError, SettingsRefused):
        note = "the database was not read: switches and quarantine are not shown"
        click.secho(note, fg="yellow", err=True)
        return NO_MEMORY, ()


async def remembered_in(db: AsyncSession) -> tuple[Memory, Collection[Kept]]:
    """Return what the ledger knows of plugins, and what is kept in quarantine."""
    memory = await remember_in(db)
    return memory, (await kept_parts(db)).values() if memory is not NO_MEMORY else ()


async def _done(url: Secret, work: Work[T], *, writes: bool) -> T:
    database = Database(url, application_name="foundation/plugin")
    try:
        if writes:
            await _sealing(database)
        async with database.transaction() if writes else database.reading() as db:
            return await work(db)
    finally:
        await database.dispose()


async def _sealing(database: Database) -> None:
    """Seal what is recorded, as the server does; without its secret the sealer tells of the row."""
    try:
        await seal_with(database, read_settings(os.environ))
    except SettingsRefused:
        kept = choice().data / "secret.key"  # as `foundation dev` keeps it
        if kept.is_file():
            await seal_with_key(database, Secret(kept.read_text("utf-8")))


@contextmanager
def address() -> Iterator[Secret]:
    """Give the address of the database, serving the embedded one while it is needed."""
    url = read_database_url(os.environ)
    if url is not None:
        yield url
        return
    folder = folder_in(choice().data)
    if not folder.is_dir():
        raise SettingsRefused(
            ["FOUNDATION_DATABASE_URL: is missing, and `foundation dev` has made no database here"]
        )
    server = EmbeddedPostgres(folder)
    try:
        yield server.start(click.echo)
    finally:
        server.stop()


def ask_for_a_roll(data: Path) -> None:
    """Ask the server that uses the folder *data* to roll its workers, and say what happened."""
    pid = holder_of(data)
    if pid is None:
        click.echo("no server runs on this data folder; it holds from the next start")
        return
    try:
        os.kill(pid, signal.SIGHUP)
    except OSError:
        click.echo(f"the server (pid {pid}) cannot be told from here; send it SIGHUP")
        return
    click.echo(f"asked the server (pid {pid}) to roll its workers")
