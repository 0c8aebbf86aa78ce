"""``foundation backup`` and ``foundation restore``: copies of the database, proved and kept."""

import asyncio
import getpass
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from foundation import __version__, ids
from foundation.audit import guard
from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.auth.trail_seal import seal_with
from foundation.backup import book
from foundation.backup.check import Examination, Finding
from foundation.backup.dump import make_dump
from foundation.backup.keep import dumps_in, tidy
from foundation.backup.manifest import Manifest, NoManifest, read_manifest
from foundation.backup.programs import NoProgram, ProgramFailed
from foundation.backup.restore import (
    NoScratch,
    NotEmpty,
    NotWhole,
    bring_back,
    read_whole,
    scratch,
)
from foundation.backup.turns import next_turn
from foundation.cli.here import settings_here
from foundation.cli.host import MET, opened
from foundation.cli.refusals import refusals
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.plugins.loader import load
from foundation.plugins.registry import plugin_tables
from foundation.runs.calendar import BadSchedule, check
from foundation.secret import Secret
from foundation.settings import Settings, read_choice

FOLDER = click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where dumps are; without it, backups in the data folder.",
)
DUMP = click.argument("dump", type=click.Path(path_type=Path, exists=True, dir_okay=False))

MET_HERE = (*MET, NoManifest, NoProgram, NoScratch, NotEmpty, NotWhole, ProgramFailed, OSError)

EXAMPLES = """\b
Examples:
  foundation backup make --to /srv/backups
  foundation backup list --to /srv/backups
  foundation backup watch --to /srv/backups --cron "30 1 * * *" --zone Europe/Berlin
  foundation restore --check /srv/backups/foundation-20260501T020000Z.dump
  FOUNDATION_DATABASE_URL=postgresql://.../empty foundation restore /srv/backups/....dump
"""

APART = (
    "the key ring, SECRET_KEY and the audit keys are not in it: keep them apart, "
    "and without them nobody opens what is sealed"
)


@click.group(epilog=EXAMPLES)
def backup() -> None:
    """Copy the database to a file that can be proved, and keep the right ones."""


@backup.command("make")
@FOLDER
@click.option("--daily", default=7, show_default=True, help="Days of which to keep the newest.")
@click.option("--weekly", default=5, show_default=True, help="Weeks of which to keep the newest.")
def make_command(folder: Path | None, daily: int, weekly: int) -> None:
    """Write a dump of one moment, without sessions, and delete what is too old.

    Exit code 0: it is whole and on the disk; 2: it could not be made, and nothing was deleted.
    """
    _run(_make(folder, daily=daily, weekly=weekly))


@backup.command("watch")
@FOLDER
@click.option("--cron", default="0 2 * * *", show_default=True, help="When to make one.")
@click.option("--drill", default="0 4 * * 0", show_default=True, help="When to try the newest.")
@click.option("--zone", default="UTC", show_default=True, help="The zone of both, such as UTC.")
@click.option("--daily", default=7, show_default=True, help="Days of which to keep the newest.")
@click.option("--weekly", default=5, show_default=True, help="Weeks of which to keep the newest.")
def watch_command(  # an argument for each option
    folder: Path | None, cron: str, drill: str, zone: str, daily: int, weekly: int
) -> None:
    """Stay, and make and try dumps by the clock; one that fails is told, and the next one comes.

    Where the host has a scheduler of its own, let that run `make` and `restore --check` instead.
    """
    try:
        check(cron, zone)
        check(drill, zone)
    except BadSchedule as bad:
        raise click.UsageError(str(bad)) from None
    clock = SystemClock()
    while True:
        turn = next_turn(cron, drill, zone, after=clock.now())
        click.echo(f"next: {turn.kind} at {turn.at:%Y-%m-%d %H:%M} UTC")
        while (left := (turn.at - clock.now()).total_seconds()) > 0:
            time.sleep(min(left, 60))  # a clock that is set back or forward is noticed
        made = _make(folder, daily=daily, weekly=weekly)
        with suppress(SystemExit):  # it was told, and the metric says how long ago the last was
            _run(made if turn.kind == "backup" else _try_newest(folder))


@backup.command("list")
@FOLDER
def list_command(folder: Path | None) -> None:
    """Show the dumps there are, newest first."""
    with refusals(*MET_HERE):
        place = folder or read_choice(os.environ).data / "backups"
        grid = Table(title=f"Dumps in {place}", title_justify="left", box=None)
        for heading in ("made", "file", "bytes", "rows", "version"):
            grid.add_column(heading)
        found = dumps_in(place)
        for file in found:
            grid.add_row(*_line(file))
    if not found:
        click.echo(f"there are no dumps in {place}; run: foundation backup make")
        return
    Console().print(grid)


@click.command("restore", epilog=EXAMPLES)
@DUMP
@click.option("--check", "only", is_flag=True, help="Only try it beside the database.")
@click.option("--scratch", "place", help="An empty database for --check, where none can be made.")
def restore(dump: Path, *, only: bool, place: str | None) -> None:
    """Bring DUMP back into an empty database, and prove that it is all there.

    Works on FOUNDATION_DATABASE_URL, which must name a database without tables. With --check the
    living database stays as it is: the dump is restored beside it, looked at and dropped, and
    the result is noted. Exit code 0: all is there; 1: it is not; 2: it could not be tried.
    """
    _run(_drill(dump, place) if only else _bring(dump))


Work = Callable[[Settings, Database], Awaitable[None]]


def _make(folder: Path | None, *, daily: int, weekly: int) -> Work:
    async def work(settings: Settings, database: Database) -> None:
        place = folder or settings.data / "backups"
        made = await make_dump(settings.database_url, place, now=SystemClock().now())
        copied = _copied(made.file, made.manifest)
        await _note(settings, database, "backup", copied, faults=[])
        click.echo(f"{made.file}: {made.manifest.bytes:,} bytes, {_rows(made.manifest)} rows")
        for gone in await asyncio.to_thread(tidy, place, daily=daily, weekly=weekly):
            click.echo(f"deleted {gone.name}, newer ones stand for its day and week")
        click.echo(APART)

    return work


def _try_newest(folder: Path | None) -> Work:
    async def work(settings: Settings, database: Database) -> None:
        found = dumps_in(folder or settings.data / "backups")
        if not found:
            raise NoManifest("there is no dump to try")
        await _drill(found[0], None)(settings, database)

    return work


def _bring(dump: Path) -> Work:
    async def work(settings: Settings, _database: Database) -> None:
        manifest = await asyncio.to_thread(read_whole, dump)
        made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"restoring {_rows(manifest)} rows of {made}")
        await bring_back(dump, settings.database_url)
        findings = await _examined(settings, settings.database_url, manifest)
        _show(findings)
        click.echo("next: foundation db upgrade, then serve; everybody signs in anew")

    return work


def _drill(dump: Path, place: str | None) -> Work:
    async def work(settings: Settings, database: Database) -> None:
        findings: list[Finding] = []
        manifest: Manifest | None = None
        try:
            manifest = await asyncio.to_thread(read_whole, dump)
            async with _beside(settings, place) as url:
                await bring_back(dump, url)
                findings = await _examined(settings, url, manifest)
        except (NotWhole, ProgramFailed) as fault:
            findings = [Finding("file", ok=False, words=str(fault))]
        if manifest is None:
            manifest = await asyncio.to_thread(read_manifest, dump)
        faults = [one.part for one in findings if not one.ok]
        await _note(settings, database, "drill", _copied(dump, manifest), faults=faults)
        _show(findings)

    return work


@asynccontextmanager
async def _beside(settings: Settings, place: str | None) -> AsyncIterator[Secret]:
    if place is not None:
        yield Secret(place)
        return
    async with scratch(settings.database_url) as url:
        yield url


async def _examined(settings: Settings, url: Secret, manifest: Manifest) -> list[Finding]:
    tables = plugin_tables(load(settings, environ=os.environ))
    database = Database(url, application_name="foundation/restore")
    try:
        looked = Examination(database, manifest, settings, tables)
        return [finding async for finding in looked.findings()]
    finally:
        await database.dispose()


async def _note(
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


def _run(work: Work) -> None:
    async def run(settings: Settings) -> None:
        async with opened(settings) as database:
            await work(settings, database)

    with refusals(*MET_HERE), settings_here() as settings:
        asyncio.run(run(settings))


def _copied(file: Path, manifest: Manifest) -> book.Copied:
    return book.Copied(file=file.name, bytes=manifest.bytes, sha256=manifest.sha256)


def _rows(manifest: Manifest) -> str:
    return f"{sum(manifest.tables.values()):,}"


def _line(file: Path) -> tuple[str, ...]:
    try:
        known = read_manifest(file)
    except NoManifest as absent:
        return ("?", file.name, f"{file.stat().st_size:,}", "?", str(absent))
    made = f"{known.made_at:%Y-%m-%d %H:%M} UTC"
    return (made, file.name, f"{known.bytes:,}", _rows(known), known.foundation)


def _show(findings: Sequence[Finding]) -> None:
    for one in findings:
        mark = click.style("ok " if one.ok else "BAD", fg="green" if one.ok else "red")
        click.echo(f"{mark} {one.part}: {one.words}")
    if not all(one.ok for one in findings):
        raise SystemExit(1)
