"""The end of a plugin: what it leaves, its export, and the purge of it, all without its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement
from sqlalchemy import Update, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.actor import Actor
from foundation.db.holding import Held, dependents, drop, held_tables, rows_as_json, take_time
from foundation.db.model import SchemaInfo
from foundation.db.steps import StepRow
from foundation.errors import Conflict
from foundation.plugins import trail
from foundation.plugins.ledger import REMOVED
from foundation.plugins.models import (
    ClaimRow,
    FaultRow,
    PluginRow,
    QuarantineRow,
    SubscriptionRow,
)
from foundation.plugins.registry import State
from foundation.plugins.switch import found, switch
from foundation.plugins.work_left import WorkLeft, end_work, work_left
from foundation.plugins.workers import live_workers


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes when a plugin goes: its tables, what it holds, and who will miss it.

    *claims* are names by kind; *needed_by* are installed plugins that require it; *dependents*
    are constraints and views of other schemas, which stop a purge; *work* are its schedules and
    the runs that wait.
    """

    id: str
    title: str
    dist: str
    state: str
    enabled: bool
    tables: tuple[Held, ...]
    claims: Mapping[str, tuple[str, ...]]
    needed_by: tuple[str, ...]
    dependents: tuple[str, ...]
    work: WorkLeft = field(default_factory=WorkLeft)

    @property
    def rows(self) -> int:
        """The rows of all its tables."""
        return sum(table.rows for table in self.tables)


class StillNeeded(Conflict):
    """409: something outside the plugin depends on its tables."""

    code, title = "plugin_has_dependents", "Something else depends on this plugin's tables"


class StillOn(Conflict):
    """409: the plugin may still be running; only one that is off or gone is purged."""

    code, title = "plugin_still_on", "The plugin is still on"


async def leaving(db: AsyncSession, id: str) -> Leaving:
    """Return what goes with plugin *id*; changes nothing. Raises `NotFound`, `Conflict`."""
    row = await found(db, id)
    claims: dict[str, list[str]] = {}
    ordered = select(ClaimRow).where(ClaimRow.owner == id).order_by(ClaimRow.kind, ClaimRow.name)
    for claim in await db.scalars(ordered):
        claims.setdefault(claim.kind, []).append(claim.name)
    return Leaving(
        id=id,
        title=row.title,
        dist=row.dist,
        state=row.state,
        enabled=row.enabled,
        tables=tuple(await held_tables(db, [id])),
        claims={kind: tuple(names) for kind, names in claims.items()},
        needed_by=await _needed_by(db, id),
        dependents=tuple(await dependents(db, id)),
        work=await work_left(db, id),
    )


async def export(db: AsyncSession, tables: Sequence[Held], folder: Path) -> list[Path]:
    """Write each table as JSON lines into *folder* and return the files, which only we may read.

    What is encrypted stays encrypted. Raises `OSError`, and `FileExistsError` for a file that is
    there already.
    """
    files = []
    for table in tables:
        file = _new_file(folder, f"{table.schema}.{table.name}.jsonl")
        with file.open("w", encoding="utf-8") as out:
            async for line in rows_as_json(db, table):
                out.write(f"{line}\n")
        files.append(file)
    return files


def _new_file(folder: Path, name: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    file.touch(mode=0o600, exist_ok=False)
    return file


async def remove(db: AsyncSession, id: str, *, actor: Actor) -> bool:
    """Switch plugin *id* off for its removal; all its data stays. False if it was off already."""
    return await switch(db, id, on=False, actor=actor, command="remove")


async def purge(db: AsyncSession, id: str, *, actor: Actor, installed: bool) -> Leaving:
    """Delete all that plugin *id* left, in this transaction, and return what it was.

    Audit rows and the types of its events stay; one that is still *installed* stays switched off.
    Raises `StillOn` for one that is on or still runs in a worker, and `StillNeeded` when another
    schema depends on its tables.
    """
    await take_time(db)
    what = await leaving(db, id)
    if what.enabled and installed:
        raise StillOn(f"first: foundation plugin disable {id}")
    if what.state not in {REMOVED, State.DISABLED} and await live_workers(db):
        raise StillOn("a worker still runs it; roll the workers first (SIGHUP)")
    if what.dependents:
        raise StillNeeded("; ".join(what.dependents), dependents=list(what.dependents))
    await end_work(db, id, actor=actor)
    await drop(db, id)
    for statement in (
        delete(ClaimRow).where(ClaimRow.owner == id),
        delete(FaultRow).where(FaultRow.plugin == id),
        delete(QuarantineRow).where(QuarantineRow.plugin == id),
        delete(SubscriptionRow).where(SubscriptionRow.plugin == id),
        delete(StepRow).where(StepRow.owner == id),
        delete(SchemaInfo).where(SchemaInfo.owner == id),
        _emptied(id) if installed else delete(PluginRow).where(PluginRow.id == id),
    ):
        await db.execute(statement)
    gone = trail.purged(
        trail.target(id, what.title),
        tables=len(what.tables),
        rows=what.rows,
        claims=sum(map(len, what.claims.values())),
    )
    trail.record(db, gone, actor=actor)
    return what


def _emptied(id: str) -> Update:
    changes = {"state": State.DISABLED.value, "enabled": False, "snapshot": {}}
    return update(PluginRow).where(PluginRow.id == id).values(changes)


async def _needed_by(db: AsyncSession, id: str) -> tuple[str, ...]:
    rows = await db.scalars(select(PluginRow).where(PluginRow.state != REMOVED))
    return tuple(
        sorted(
            row.id
            for row in rows
            if id in {Requirement(text).name for text in row.manifest.get("requires", ())}
        )
    )
