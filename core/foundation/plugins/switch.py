"""The ledger's switch: whether a plugin is loaded at the next roll, if the settings agree."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.actor import Actor
from foundation.errors import Conflict, NotFound
from foundation.plugins import trail
from foundation.plugins.models import PluginRow, QuarantineRow
from foundation.plugins.scan import BUILTINS
from foundation.settings import PluginChoice


async def switch(db: AsyncSession, id: str, *, on: bool, actor: Actor, command: str) -> bool:
    """Turn plugin *id* on or off in the ledger and say so; False if it was so already.

    Raises `NotFound` for a plugin that never was here.
    """
    row = await found(db, id)
    if row.enabled is on:
        return False
    await db.execute(update(PluginRow).where(PluginRow.id == id).values(enabled=on))
    kind = trail.enabled if on else trail.disabled
    event = kind(trail.target(id, row.title), dist=row.dist, command=command)
    trail.record(db, event, actor=actor)
    return True


async def rearm(db: AsyncSession, id: str, *, actor: Actor) -> list[str]:
    """Take every part of plugin *id* out of quarantine and return their names; each is told."""
    resting = select(QuarantineRow.part).where(QuarantineRow.plugin == id).with_for_update()
    parts = sorted(await db.scalars(resting))
    if not parts:
        return []  # nothing changes, so there is nothing to tell
    await db.execute(delete(QuarantineRow).where(QuarantineRow.plugin == id))
    for part in parts:
        trail.record(db, trail.rearmed(trail.target(id), part=part), actor=actor)
    return parts


async def found(db: AsyncSession, id: str) -> PluginRow:
    """Return the ledger's row of plugin *id*; raises `NotFound`, and `Conflict` for core's own."""
    if id in {one.id for one in BUILTINS}:
        raise Conflict(f"{id} is a part of Foundation itself")
    row = await db.scalar(select(PluginRow).where(PluginRow.id == id))
    if row is None:
        raise NotFound(f"no plugin {id!r} was ever here")
    return row


def overruled(settings: PluginChoice, id: str, *, on: bool) -> str:
    """Return which setting says otherwise than the switch, or nothing: the settings win."""
    if on and id in settings.plugins_disabled:
        return "FOUNDATION_PLUGINS_DISABLED names it"
    if on and settings.plugins_autoload == "listed" and id not in settings.plugins_enabled:
        return "FOUNDATION_PLUGINS_ENABLED does not name it"
    if not on and settings.plugins_autoload == "listed" and id in settings.plugins_enabled:
        return "FOUNDATION_PLUGINS_ENABLED names it"
    return ""
