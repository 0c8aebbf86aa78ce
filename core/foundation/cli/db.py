"""The commands of the database: bring its tables up to date, and say how they stand."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from foundation.cli.downgrade import downgrade_command
from foundation.cli.refusals import refusals
from foundation.db.address import place
from foundation.db.embedded import EmbeddedPostgres, folder_in
from foundation.db.embedded.majors import bring_forward, forget_old
from foundation.db.migrate import (
    Locked,
    Outcome,
    Owner,
    status,
    upgrade,
    with_core,
    with_needs,
)
from foundation.db.revise import NotCurrent, revise
from foundation.db.standing import Standing
from foundation.plugins.loader import load
from foundation.plugins.probe import refresh
from foundation.plugins.registry import Loaded
from foundation.plugins.scan import installed_plugins
from foundation.secret import Secret
from foundation.settings import (
    PluginChoice,
    SettingsRefused,
    read_choice,
    read_database_url,
)

EXAMPLES = """\b
Examples:
  foundation db status
  foundation db upgrade
  FOUNDATION_DATABASE_URL=postgresql://user:password@host/name foundation db upgrade
  FOUNDATION_DATABASE_URL_FILE=/run/secrets/database foundation db upgrade --wait 300
  foundation db upgrade --plugin projects
  foundation db revision projects -m "add a colour"
"""

WORDS = {
    "current": "[green]up to date[/]",
    "newer": "[green]newer than this version, still fits[/]",
    "behind": "[yellow]behind[/]",
    "absent": "[yellow]not made yet[/]",
    "incompatible": "[red]does not fit[/]",
    "broken": "[red]broken[/]",
}


@click.group(epilog=EXAMPLES)
def db() -> None:
    """Bring the database's tables up to date, or show how they stand.

    Works on FOUNDATION_DATABASE_URL; without it, on the PostgreSQL that `foundation dev` keeps
    in the data folder.
    """


@db.command("upgrade", short_help="Migrate core, then every installed plugin.")
@click.option(
    "--wait", default=60.0, show_default=True, help="Seconds to wait for another migration."
)
@click.option("--forget", is_flag=True, help="Delete the data of an older major version.")
@click.option(
    "--plugin", "only", multiple=True, metavar="ID", help="Core, then this one and its needs only."
)
def upgrade_command(wait: float, *, forget: bool, only: Sequence[str]) -> None:
    """Migrate core, then every installed plugin, each in one transaction.

    A plugin that fails is rolled back and named; the others go on. Exit code 0: all is up to
    date; 1: some are not; 2: a setting is wrong, or the database cannot be reached.
    """
    with refusals(Locked, NotCurrent):
        site = _site(only)
        if site.folder is not None:
            bring_forward(site.folder, _say)
        with _served(site) as url:
            outcomes = asyncio.run(upgrade(url, site.owners, say=_say, patience=wait))
        if forget and site.folder is not None:
            for major in forget_old(site.folder):
                _say(f"deleted the data of PostgreSQL {major}")
    for outcome in outcomes:
        _tell(outcome)
    _tell_left_out(site.left_out)
    if not all(outcome.ok for outcome in outcomes):
        raise SystemExit(1)


@db.command("status", short_help="Say how the tables stand to the installed code.")
def status_command() -> None:
    """Say how the tables stand to the installed code; nothing is changed.

    Exit code 0: all fit; 1: some do not; 2: a setting is wrong, or the database cannot be
    reached.
    """
    with refusals(Locked, NotCurrent):
        site = _site()
        with _served(site) as url:
            standings = asyncio.run(status(url, site.owners))
        where = place(url)
    Console().print(_table(standings, where))
    _tell_left_out(site.left_out)
    if any(standing.state in {"behind", "absent"} for standing in standings):
        _say("run `foundation db upgrade` to bring them up to date")
    if not all(standing.ok for standing in standings):
        raise SystemExit(1)


@db.command("revision")
@click.argument("owner")
@click.option("-m", "--message", required=True, help="What it does, in a few words.")
def revision_command(owner: str, message: str) -> None:
    """Write a new revision for OWNER, a plugin or "foundation", from its models.

    Compares the models with a database that is up to date. The file is a draft: read it, and
    give it what a comparison cannot know (docs/how-to/write-a-migration.md).
    """
    with refusals(Locked, NotCurrent):
        site = _site()
        found = {one.id: one for one in with_core(site.owners)}.get(owner)
        if found is None:
            raise SettingsRefused([f"{owner}: no plugin of this id has tables here"])
        with _served(site) as url:
            _say(str(asyncio.run(revise(url, found, message=message))))


db.add_command(downgrade_command)


@dataclass(frozen=True, slots=True)
class _Site:
    """What the commands work on: an address, or the folder of the embedded server."""

    owners: Sequence[Owner]
    left_out: Sequence[Loaded]
    url: Secret | None
    folder: Path | None


def _site(only: Sequence[str] = ()) -> _Site:
    choice = read_choice(os.environ)
    url = read_database_url(os.environ)
    installed = installed_plugins()
    dangerous = refresh(choice, installed)
    registry = load(choice, installed=installed, environ=os.environ, dangerous=dangerous)
    known = {owner.id for owner in registry.owners}
    left_out = [plugin for plugin in registry.faults if plugin.id not in known]
    owners = registry.owners
    if only:
        owners = with_needs(owners, only)
        left_out = [plugin for plugin in left_out if plugin.id in only]
        unknown = set(only) - {one.id for one in owners} - {one.id for one in left_out}
        if unknown:
            lines = [f"{id}: no plugin of this id has tables here" for id in sorted(unknown)]
            raise SettingsRefused(lines)
    return _Site(owners, left_out, url, None if url else _embedded(choice))


def _embedded(choice: PluginChoice) -> Path:
    folder = folder_in(choice.data)
    if not folder.is_dir():
        raise SettingsRefused(
            ["FOUNDATION_DATABASE_URL: is missing, and `foundation dev` has made no database here"]
        )
    return folder


@contextmanager
def _served(site: _Site) -> Iterator[Secret]:
    """Give the address, serving the embedded database for as long as it is needed."""
    if site.folder is None:
        assert site.url is not None
        yield site.url
        return
    server = EmbeddedPostgres(site.folder)
    try:
        yield server.start(_say)
    finally:
        server.stop()


def _say(line: str) -> None:
    click.echo(line)


def _tell(outcome: Outcome) -> None:
    match outcome.state:
        case "current":
            _say(f"{outcome.owner}: already at {outcome.revision}")
        case "newer":
            _say(f"{outcome.owner}: at {outcome.revision}, newer than this version, still fits")
        case "failed":
            click.secho(f"{outcome.owner}: failed, nothing changed: {outcome.reason}", fg="red")
        case "skipped":
            click.secho(f"{outcome.owner}: skipped: {outcome.reason}", fg="yellow")


def _tell_left_out(plugins: Sequence[Loaded]) -> None:
    for plugin in plugins:
        click.secho(f"{plugin.id}: left out, it does not start: {plugin.reason}", fg="yellow")


def _table(standings: Sequence[Standing], where: str) -> Table:
    table = Table(title=f"Tables in {where}", title_justify="left", box=None)
    for heading in ("owner", "state", "in the database", "in the code", "to apply"):
        table.add_column(heading)
    for standing in standings:
        pending = str(standing.pending) if standing.pending else ""
        table.add_row(
            standing.owner,
            WORDS[standing.state] + (f": {standing.reason}" if standing.reason else ""),
            standing.revision or "-",
            standing.head or "-",
            pending,
        )
    return table
