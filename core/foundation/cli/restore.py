"""``foundation restore``: bring a copy back and prove it, or only try whether it would."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import click

from foundation.backup.check import Examination, Finding
from foundation.backup.manifest import Manifest, read_manifest
from foundation.backup.programs import ProgramFailed
from foundation.backup.restore import NotWhole, bring_back, read_whole, scratch
from foundation.cli.backup_desk import EXAMPLES, Work, copied, note, rows, run
from foundation.db.engine import Database
from foundation.plugins.loader import load
from foundation.plugins.registry import plugin_tables
from foundation.secret import Secret
from foundation.settings import Settings


@click.command("restore", epilog=EXAMPLES)
@click.argument("dump", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", "only", is_flag=True, help="Only try it beside the database.")
@click.option("--scratch", "place", help="An empty database for --check, where none can be made.")
def restore(dump: Path, *, only: bool, place: str | None) -> None:
    """Bring DUMP back into an empty database, and prove that it is all there.

    Works on FOUNDATION_DATABASE_URL, which must name a database without tables. With --check the
    living database stays as it is: the dump is restored beside it, looked at and dropped, and
    the result is noted. Exit code 0: all is there; 1: it is not; 2: it could not be tried.
    """
    run(tried(dump, place) if only else _brought(dump))


def tried(dump: Path, place: str | None = None) -> Work:
    """Return the work of a drill: restore *dump* beside the database, look, note the result."""

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
        await note(settings, database, "drill", copied(dump, manifest), faults=faults)
        _show(findings)

    return work


def _brought(dump: Path) -> Work:
    async def work(settings: Settings, _database: Database) -> None:
        manifest = await asyncio.to_thread(read_whole, dump)
        made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"restoring {rows(manifest)} rows of {made}")
        await bring_back(dump, settings.database_url)
        _show(await _examined(settings, settings.database_url, manifest))
        click.echo("next: foundation db upgrade, then serve; everybody signs in anew")

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


def _show(findings: Sequence[Finding]) -> None:
    for one in findings:
        mark = click.style("ok " if one.ok else "BAD", fg="green" if one.ok else "red")
        click.echo(f"{mark} {one.part}: {one.words}")
    if not all(one.ok for one in findings):
        raise SystemExit(1)
