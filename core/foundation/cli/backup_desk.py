"""What ``foundation backup`` and ``foundation restore`` share: database, book and words."""

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from foundation import __version__, ids
from foundation.audit import guard
from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.auth.trail_seal import seal_with
from foundation.backup import book
from foundation.backup.manifest import Manifest, NoManifest
from foundation.backup.programs import NoProgram, ProgramFailed
from foundation.backup.restore import NoScratch, NotEmpty, NotWhole
from foundation.cli.here import settings_here
from foundation.cli.host import MET, opened
from foundation.cli.refusals import refusals
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.settings import Settings

FOLDER = click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where dumps are; without it, backups in the data folder.",
)

MET_HERE = (*MET, NoManifest, NoProgram, NoScratch, NotEmpty, NotWhole, ProgramFailed, OSError)
"""What the commands may meet besides."""

EXAMPLES = """\b
Examples:
  foundation backup make --to /srv/backups
  foundation backup list --to /srv/backups
  foundation backup drill --to /srv/backups
  foundation backup watch --to /srv/backups --cron "30 1 * * *" --zone Europe/Berlin
  foundation restore --check /srv/backups/foundation-20260501T020000Z.dump
  FOUNDATION_DATABASE_URL=postgresql://.../empty foundation restore /srv/backups/....dump
"""

Work = Callable[[Settings, Database], Awaitable[None]]


def run(work: Work) -> None:
    """Do *work* with the settings here and their database; ends the command when it cannot."""

    async def do(settings: Settings) -> None:
        async with opened(settings) as database:
            await work(settings, database)

    with refusals(*MET_HERE), settings_here() as settings:
        asyncio.run(do(settings))


async def note(
    settings: Settings,
    database: Database,
    kind: book.Kind,
    copied: book.Copied,
    *,
    faults: list[str],
) -> None:
    """Write it into the book of the living database, and into its trail."""
    await seal_with(database, settings)
    recorder = Recorder(declared(book.EVENTS), SystemClock(), __version__)
    async with database.transaction() as db:
        guard.watch(db)
        event = book.note(db, kind, copied, faults=faults)
        actor = Actor("system", name=f"cli:{getpass.getuser()}")
        recorder.record(db, event, Source(actor, "system", str(ids.uuid7())))


def copied(file: Path, manifest: Manifest) -> book.Copied:
    """Return what the book says of *file*."""
    return book.Copied(file=file.name, bytes=manifest.bytes, sha256=manifest.sha256)


def rows(manifest: Manifest) -> str:
    """Return how many rows a dump holds, as people read it."""
    return f"{sum(manifest.tables.values()):,}"
