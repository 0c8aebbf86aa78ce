"""The commands of the vault's keys: make one, let it write, move what is sealed, retire the old.

``docs/how-to/rotate-keys.md`` says in which order, and what stands in the way of each step.
"""

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import click
from rich.console import Console
from rich.table import Table as Grid
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import __version__, ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.audit.record import Recorder, declared
from foundation.auth import key_events, key_life
from foundation.auth.keys import active_kid, open_ring
from foundation.auth.processes import alive
from foundation.auth.repository import deployment_id
from foundation.auth.rewrap import Outcome, Renew, move, reencrypted, rewrapped
from foundation.auth.trail_seal import seal_with
from foundation.cli.refusals import refusals
from foundation.clock import SystemClock
from foundation.crypto.ring import VaultSealed
from foundation.db.engine import Database
from foundation.db.sealed import NoPlace, sealed_tables
from foundation.errors import FoundationError
from foundation.plugins.loader import load
from foundation.plugins.registry import plugin_tables
from foundation.settings import Settings, read_settings

EXAMPLES = """\b
Examples:
  foundation keys status
  foundation keys new k2            prints the line for the ring's file
  foundation keys activate k2       after every process has it
  foundation keys rewrap            may be interrupted and repeated
  foundation keys retire k1
"""


@dataclass(frozen=True, slots=True)
class _Site:
    """What the commands work on."""

    settings: Settings
    database: Database
    tables: Sequence[Table]
    recorder: Recorder

    def record(self, db: AsyncSession, event: Event) -> None:
        """Put *event* into the transaction of *db*, done by whoever has the shell."""
        actor = Actor("system", name=f"{getpass.getuser()} on the command line")
        self.recorder.record(db, event, Source(actor, "system", str(ids.uuid7())))


@click.group(epilog=EXAMPLES)
def keys() -> None:
    """Make, activate and retire keys of the vault.

    Works on FOUNDATION_DATABASE_URL and FOUNDATION_KEYRING_FILE, as `foundation serve` does.
    """


@keys.command("status")
def status_command() -> None:
    """Show every key, how many values lie under it, and which processes have it."""
    _run(_status)


@keys.command("new")
@click.argument("kid")
def new_command(kid: str) -> None:
    """Make the key KID, pending; prints the line that belongs into the ring's file.

    The line is shown once and kept nowhere else.
    """

    async def work(site: _Site) -> None:
        async with site.database.transaction() as db:
            made = await key_life.new_key(
                db, kid, deployment=await deployment_id(db), record=site.record
            )
        click.echo(f"# fingerprint {made.fingerprint}; add this line to the ring's file, then roll")
        click.echo(made.line)

    _run(work)


@keys.command("activate")
@click.argument("kid")
def activate_command(kid: str) -> None:
    """Let KID write from now on; refused until every process that is alive has it."""

    async def work(site: _Site) -> None:
        async with site.database.transaction() as db:
            await key_life.activate(db, kid, record=site.record)
        click.echo(f"{kid} writes now; move what is sealed with: foundation keys rewrap")

    _run(work)


@keys.command("rewrap")
def rewrap_command() -> None:
    """Move every sealed value to the active key, all versions; may be interrupted and repeated."""
    _run(_moving(rewrapped))


@keys.command("reencrypt")
def reencrypt_command() -> None:
    """Seal every value anew under a data key of its own, for after a leak."""
    _run(_moving(reencrypted))


@keys.command("retire")
@click.argument("kid")
def retire_command(kid: str) -> None:
    """Retire KID; refused while it writes or any value lies under it."""

    async def work(site: _Site) -> None:
        async with site.database.transaction() as db:
            await key_life.retire(db, kid, tables=site.tables, record=site.record)
        click.echo(f"{kid} is retired; its line may leave the ring's file at the next roll")
        click.echo("keep it as long as you keep backups made before the last rewrap")

    _run(work)


def _moving(renew: Renew) -> Callable[[_Site], Awaitable[None]]:
    async def work(site: _Site) -> None:
        async with site.database.transaction() as db:
            ring = await open_ring(db, site.settings.keyring_file, tables=site.tables)
            writes = await active_kid(db)
        if ring.is_sealed or writes != ring.active:
            raise VaultSealed(ring.reason or f"the ring's file lacks the active key {writes}")
        found = [
            await move(site.database, ring, table, record=site.record, renew=renew)
            for table in sealed_tables(site.tables)
        ]
        for outcome in found:
            _tell(outcome, ring.active)
        if any(outcome.broken for outcome in found):
            raise SystemExit(1)

    return work


def _tell(outcome: Outcome, active: str) -> None:
    click.echo(f"{outcome.table}: {outcome.values} values moved to {active}")
    if outcome.broken:
        click.secho(
            f"{outcome.table}: {outcome.broken} values do not open and were left as they are",
            fg="red",
        )


async def _status(site: _Site) -> None:
    async with site.database.reading() as db:
        known = await key_life.key_status(db, site.tables)
        living = await alive(db)
    grid = Grid(title="Keys of the vault", title_justify="left", box=None)
    for heading in ("kid", "fingerprint", "state", "values", "processes that have it"):
        grid.add_column(heading)
    for key in known:
        having = sum(key.kid in process.kids for process in living)
        grid.add_row(
            key.kid, key.fingerprint, key.state, str(key.values), f"{having} of {len(living)}"
        )
    Console().print(grid)


def _run(work: Callable[[_Site], Awaitable[None]]) -> None:
    with refusals(FoundationError, NoPlace):
        settings = read_settings(os.environ)
        registry = load(settings, environ=os.environ)
        asyncio.run(_on_site(settings, plugin_tables(registry), work))


async def _on_site(
    settings: Settings, tables: Sequence[Table], work: Callable[[_Site], Awaitable[None]]
) -> None:
    database = Database(settings.database_url, application_name="foundation/keys")
    recorder = Recorder(declared(key_events.ALL), SystemClock(), __version__)
    try:
        await seal_with(database, settings)
        await work(_Site(settings, database, tables, recorder))
    finally:
        await database.dispose()
