"""``foundation backup``: copies of the database, made, kept, listed and tried out."""

import asyncio
import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from foundation.backup.book import Kind, ages
from foundation.backup.dump import make_dump
from foundation.backup.keep import dumps_in, made_at, tidy
from foundation.backup.manifest import NoManifest, read_manifest
from foundation.backup.turns import Rota
from foundation.cli.backup_desk import EXAMPLES, FOLDER, MET_HERE, Work, copied, note, rows, run
from foundation.cli.refusals import refusals
from foundation.cli.restore import tried
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.runs.calendar import BadSchedule
from foundation.settings import Settings, read_choice

APART = (
    "the key ring, SECRET_KEY and the audit keys are not in it: keep them apart, "
    "and without them nobody opens what is sealed"
)
LONGEST_SLEEP_S = 60.0


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
    run(_made(folder, daily=daily, weekly=weekly))


@backup.command("drill")
@FOLDER
def drill_command(folder: Path | None) -> None:
    """Try the newest dump out: restore it beside the database, prove it, drop it again.

    Exit code 0: all is there; 1: it is not; 2: it could not be tried.
    """
    run(_newest_tried(folder))


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

    What was never done, or missed while this did not run, is done at once. Where the host has a
    scheduler of its own, let that run `make` and `drill` instead.
    """
    try:
        rota = Rota(cron, drill, zone)
    except BadSchedule as bad:
        raise click.UsageError(str(bad)) from None
    clock, last = SystemClock(), _known(folder)
    while True:
        turn = rota.next_turn(last, now=clock.now())
        click.echo(f"next: {turn.kind} at {turn.at:%Y-%m-%d %H:%M} UTC")
        while (left := (turn.at - clock.now()).total_seconds()) > 0:
            # In small pieces: a clock that is set back or forward is noticed.
            time.sleep(min(left, LONGEST_SLEEP_S))
        made = _made(folder, daily=daily, weekly=weekly)
        with suppress(SystemExit):  # it was told, and the metric says how long ago the last was
            run(made if turn.kind == "backup" else _newest_tried(folder))
        last[turn.kind] = clock.now()


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


def _made(folder: Path | None, *, daily: int, weekly: int) -> Work:
    async def work(settings: Settings, database: Database) -> None:
        place = folder or settings.data / "backups"
        made = await make_dump(settings.database_url, place, now=SystemClock().now())
        await note(settings, database, "backup", copied(made.file, made.manifest), faults=[])
        click.echo(f"{made.file}: {made.manifest.bytes:,} bytes, {rows(made.manifest)} rows")
        for gone in await asyncio.to_thread(tidy, place, daily=daily, weekly=weekly):
            click.echo(f"deleted {gone.name}, newer ones stand for its day and week")
        click.echo(APART)

    return work


def _newest_tried(folder: Path | None) -> Work:
    async def work(settings: Settings, database: Database) -> None:
        found = dumps_in(folder or settings.data / "backups")
        if not found:
            raise NoManifest("there is no dump to try; run: foundation backup make")
        click.echo(f"trying {found[0].name}")
        await tried(found[0])(settings, database)

    return work


def _known(folder: Path | None) -> dict[Kind, datetime | None]:
    """Return the time of the newest dump in *folder*, and of the last drill that was good."""
    last: dict[Kind, datetime | None] = {"backup": None, "drill": None}

    async def look(settings: Settings, database: Database) -> None:
        found = dumps_in(folder or settings.data / "backups")
        last["backup"] = made_at(found[0]) if found else None
        async with database.reading() as db:
            last["drill"] = (await ages(db)).drill

    with suppress(SystemExit):  # told; what is not known is done, and tells the same
        run(look)
    return last


def _line(file: Path) -> tuple[str, ...]:
    try:
        known = read_manifest(file)
    except NoManifest as absent:
        return ("?", file.name, f"{file.stat().st_size:,}", "?", str(absent))
    made = f"{known.made_at:%Y-%m-%d %H:%M} UTC"
    return (made, file.name, f"{known.bytes:,}", rows(known), known.foundation)
