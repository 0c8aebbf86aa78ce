"""The ledger: what was here at earlier starts, read before loading and written after it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, case, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.shape import schema_of, signature
from foundation.db.engine import Database
from foundation.plugins import trail
from foundation.plugins.holdings import note_holdings
from foundation.plugins.memory import NO_MEMORY, Memory, Remembered, Snapshot
from foundation.plugins.models import ClaimRow, EventTypeRow, PluginRow
from foundation.plugins.registry import Loaded, Registry
from foundation.plugins.snapshot import snapshot_of

REMOVED = "removed"
"""The state of a plugin that was here and is not installed any more; its data stays."""

# Workers that start at once write the same rows, and wait for each other.
_PATIENT = text(
    "SELECT set_config('lock_timeout', '8000', true), set_config('statement_timeout', '9000', true)"
)


_THERE = text("SELECT to_regclass('foundation.plugins')::text")


async def remember(database: Database) -> Memory:
    """Return what the ledger knows; nothing before core's first migration.

    Raises what the database raises when it is away: without it no plugin is loaded.
    """
    async with database.reading() as db:
        return await remember_in(db)


async def remember_in(db: AsyncSession) -> Memory:
    """Do as `remember`, in the session *db*."""
    if await db.scalar(_THERE) is None:
        return NO_MEMORY
    rows = (await db.scalars(_rows())).all()
    claims = (await db.scalars(select(ClaimRow))).all()
    noted = (await db.scalars(select(EventTypeRow))).all()
    return Memory(
        {row.id: _remembered(row) for row in rows},
        {(claim.kind, claim.name): claim.owner for claim in claims},
        {(type_.name, type_.version): type_.schema for type_ in noted},
    )


async def write(database: Database, registry: Registry) -> None:
    """Note what became of every plugin, and every type of event the started ones declare.

    All workers write the same, so the order of the rows is fixed and unchanged rows stay as they
    are. Does nothing before core's first migration.
    """
    async with database.transaction() as db:
        if await db.scalar(_THERE) is None:
            return
        await db.execute(_PATIENT)
        await _write_plugins(db, registry)
        await _write_events(db, registry)


async def _write_plugins(db: AsyncSession, registry: Registry) -> None:
    present: dict[str, Loaded] = {}
    for plugin in registry.plugins:
        present.setdefault(plugin.id, plugin)
    for id in sorted(present):
        plugin = present[id]
        # Of several workers that insert at once one does; the others update, and that is told.
        if await db.scalar(_upsert(plugin)) and not plugin.builtin:
            found = trail.discovered(
                trail.target(id, plugin.title), dist=plugin.dist, version=plugin.version
            )
            trail.record(db, found)
        if plugin.is_started:
            await note_holdings(db, plugin)
    gone = [row.id for row in registry.memory.rows.values() if row.id not in present]
    for id in sorted(gone):
        await db.execute(_as_removed(id))


def _rows() -> Select[PluginRow]:
    return select(PluginRow).order_by(PluginRow.id)


def _upsert(plugin: Loaded) -> Any:  # a statement of the PostgreSQL dialect
    """Write one plugin and tell whether its row is new; nothing if it is as it was.

    A snapshot is replaced only by that of a plugin that started.
    """
    values: dict[str, Any] = {  # columns of any type
        "id": plugin.id,
        "dist": plugin.dist,
        "version": plugin.version,
        "title": plugin.title or plugin.id,
        "state": plugin.state.value,
        "reason": plugin.reason or None,
        "manifest": asdict(plugin.manifest) if plugin.manifest else {},
        "snapshot": snapshot_of(plugin).model_dump(mode="json") if plugin.is_started else {},
    }
    statement = insert(PluginRow).values(**values)
    new = statement.excluded
    compared = ["dist", "version", "title", "state", "reason"]
    changes: dict[str, Any] = {name: new[name] for name in compared}  # SQL expressions
    # A plugin without a readable manifest must not wipe the title and manifest it had.
    if plugin.manifest is None:
        del changes["title"]
    else:
        changes["manifest"] = new.manifest
    if plugin.is_started:
        changes["snapshot"] = new.snapshot
    differs = or_(*(getattr(PluginRow, name).is_distinct_from(new[name]) for name in changes))
    moved = PluginRow.state.is_distinct_from(new.state)
    changes["changed_at"] = case((moved, func.now()), else_=PluginRow.changed_at)
    return statement.on_conflict_do_update(
        index_elements=[PluginRow.id], set_=changes, where=differs
    ).returning(literal_column("xmax = 0"))


def _as_removed(id: str) -> Any:  # a statement of the PostgreSQL dialect
    table = PluginRow.__table__
    return (
        table.update()  # type: ignore[attr-defined]  # a declarative table is a Table
        .where(table.c.id == id, table.c.state != REMOVED)
        .values(state=REMOVED, reason="no longer installed", changed_at=func.now())
    )


async def _write_events(db: AsyncSession, registry: Registry) -> None:
    """Note each type of event once; of what is noted only retention and OWASP's words change."""
    kept = await _kept(db)
    rows = [
        {
            "name": event.name,
            "version": event.version,
            "title": event.title,
            "plugin": event.plugin,
            "severity": event.severity,
            "schema": schema_of(event.detail),
            "schema_hash": signature(event.detail),
            "retention": event.retention,
            "owasp": list(event.owasp),
        }
        for event in sorted(registry.events, key=lambda event: (event.name, event.version))
        if kept.get((event.name, event.version)) != (event.retention, event.owasp)
    ]
    if rows:
        statement = insert(EventTypeRow)  # of one row: a text of all of them is compiled anew
        await db.execute(
            statement.on_conflict_do_update(
                index_elements=[EventTypeRow.name, EventTypeRow.version],
                set_={
                    "schema_hash": func.coalesce(
                        EventTypeRow.schema_hash, statement.excluded.schema_hash
                    ),
                    "retention": statement.excluded.retention,
                    "owasp": statement.excluded.owasp,
                },
                where=EventTypeRow.schema_hash.is_(None)
                | EventTypeRow.retention.is_distinct_from(statement.excluded.retention)
                | (EventTypeRow.owasp != statement.excluded.owasp),
            ),
            rows,
        )


async def _kept(db: AsyncSession) -> dict[tuple[str, int], tuple[str | None, tuple[str, ...]]]:
    """Return retention and OWASP's words of each type that is noted with the hash of its schema."""
    noted = select(
        EventTypeRow.name, EventTypeRow.version, EventTypeRow.retention, EventTypeRow.owasp
    ).where(EventTypeRow.schema_hash.is_not(None))
    rows = await db.execute(noted)
    return {(name, version): (kept, tuple(words)) for name, version, kept, words in rows}


def _remembered(row: PluginRow) -> Remembered:
    return Remembered(
        id=row.id,
        dist=row.dist,
        version=row.version,
        title=row.title,
        state=row.state,
        snapshot=Snapshot.model_validate(row.snapshot),
        first_seen_at=row.first_seen_at,
        changed_at=row.changed_at,
        enabled=row.enabled,
    )
