"""``foundation doctor``: looks at all that Foundation stands on, and says what to mend."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from foundation.app.checkup import checkup
from foundation.auth.keys import open_ring
from foundation.auth.oidc.examine import Finding, examine
from foundation.auth.repository import other_admins
from foundation.cache import build_cache
from foundation.cli.here import settings_here
from foundation.cli.host import MET, opened
from foundation.cli.links import examine_links
from foundation.cli.refusals import refusals
from foundation.cli.room import examine_room, room_of
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.db.faults import in_words
from foundation.db.migrate import core_owner
from foundation.db.model import CoreBase
from foundation.db.standing import compare
from foundation.errors import Unavailable
from foundation.settings import Settings

MARKS = {"ok": "[green]ok[/]", "warn": "[yellow]look[/]", "bad": "[red]bad[/]"}

EXAMPLES = """\b
Examples:
  foundation doctor
"""


class _Undo(Exception):
    """Takes back what looking at the key ring would have noted."""


@click.command(epilog=EXAMPLES)
def doctor() -> None:
    """Look at the provider, the clock, the database, the key ring and Redis; change nothing.

    Exit code 0: nothing is bad; 1: something is; 2: a setting is wrong or missing.
    """
    with refusals(*MET), settings_here() as settings:
        findings = asyncio.run(_all(settings))
    console = Console()
    if not console.is_terminal:
        console.width = 160  # a file or a pipe has no width to fold to
    console.print(_table(findings))
    raise SystemExit(1 if any(state == "bad" for _, state, _ in findings) else 0)


async def _all(settings: Settings) -> list[Finding]:
    findings = await examine(settings, clock=SystemClock())
    findings += examine_links(settings)
    async with opened(settings) as database:
        findings += [finding async for finding in _database(settings, database)]
        if not any(state == "bad" and what == "database" for what, state, _ in findings):
            said = checkup(settings, database, os.environ)
            findings += [(name, "ok" if ok else "bad", why) async for name, ok, why in said]
    return findings + await _redis(settings)


async def _database(settings: Settings, database: Database) -> AsyncIterator[Finding]:
    try:
        async with database.reading() as db:
            (standing,) = await compare(db, [core_owner()])
            there = await room_of(db)
        if not standing.ok:
            why = standing.reason or f"the tables are {standing.state}"
            yield "database", "bad", f"{why}; run: foundation db upgrade"
            return
        yield "database", "ok", "there, and up to date"
        yield examine_room(settings, there)
        yield await _ring(settings, database)
        async with database.reading() as db:
            if await other_admins(db) == 0:
                yield "admins", "bad", "there is none; run: foundation admin bootstrap"
    except Unavailable as away:
        yield "database", "bad", f"it cannot be reached: {away.detail}"
    except DBAPIError as fault:
        yield "database", "bad", in_words(fault)


async def _ring(settings: Settings, database: Database) -> Finding:
    reason: str | None = None
    try:
        async with database.transaction() as db:
            tables = CoreBase.metadata.tables.values()
            reason = (await open_ring(db, settings.keyring_file, tables=tables)).reason
            raise _Undo
    except _Undo:
        pass
    if reason is not None:
        return "key ring", "bad", f"the vault is sealed: {reason}"
    return "key ring", "ok", "it is the one that this database knows"


async def _redis(settings: Settings) -> list[Finding]:
    if settings.redis_url is None:
        return [("redis", "warn", "not set: all works, a little slower")]
    cache = build_cache(settings)
    try:
        ok = await cache.ping()
    finally:
        await cache.close()
    return [("redis", "ok", "it answers")] if ok else [("redis", "warn", "it does not answer")]


def _table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("What", no_wrap=True)
    table.add_column("How")
    table.add_column("Why", overflow="fold")
    for name, state, why in findings:
        table.add_row(name, MARKS[state], why)
    return table
