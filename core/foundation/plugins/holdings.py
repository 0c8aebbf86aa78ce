"""Which plugin holds which name, as rows of the ledger: noted at start, given back when dropped."""

from collections.abc import Iterator

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.plugins import trail
from foundation.plugins.checks.settings import variables_of
from foundation.plugins.models import ClaimRow
from foundation.plugins.pages import Placeholder
from foundation.plugins.registry import Loaded

KNOWN_BAD = "known_bad"
"""The kind of claim of a version that runs although it is known bad; its name is the version."""


def holdings(plugin: Loaded) -> frozenset[tuple[str, str]]:
    """Return every name a started plugin holds, each with its kind.

    A placeholder holds no section: it steps back for whoever comes.
    """
    return frozenset(_holdings(plugin))


def _holdings(plugin: Loaded) -> Iterator[tuple[str, str]]:
    added = plugin.contributions
    for prefix in added.prefixes:
        yield "prefix", prefix
    for entry in added.navigation:
        if not isinstance(entry.page, Placeholder):
            yield "section", entry.section
    for permission in added.permissions:
        yield "permission", permission.name
    for event in added.events:
        yield "event", event.name
    if added.settings is not None:
        for name in variables_of(plugin.id, type(added.settings)):
            yield "setting", name
    for offer in added.services.offers:
        yield "port", f"{offer.port.name} {offer.port.major}"
    if plugin.allowed:
        yield KNOWN_BAD, f"{plugin.dist} {plugin.version}"


async def note_holdings(db: AsyncSession, plugin: Loaded) -> None:
    """Note what *plugin* holds, and give back what it held and no longer declares.

    The first worker that runs a known-bad version by permission says so in the trail.
    """
    held = sorted(holdings(plugin))
    mine = ClaimRow.owner == plugin.id
    pair = tuple_(ClaimRow.kind, ClaimRow.name)
    noted = await db.execute(select(ClaimRow.kind, ClaimRow.name).where(mine))
    if sorted((kind, name) for kind, name in noted) == held:
        return  # as at nearly every start; what changes something is compiled each time
    dropped = delete(ClaimRow).where(mine)
    await db.execute(dropped.where(pair.not_in(held)) if held else dropped)
    if not held:
        return
    rows = [{"kind": kind, "name": name, "owner": plugin.id} for kind, name in held]
    added = insert(ClaimRow).on_conflict_do_nothing().returning(ClaimRow.kind)
    if KNOWN_BAD in set(await db.scalars(added, rows)):
        event = trail.allowed(
            trail.target(plugin.id, plugin.title),
            reason=plugin.allowed,
            dist=plugin.dist,
            version=plugin.version,
        )
        trail.record(db, event)
