"""The fit of the started plugins with the database: who must be migrated before it may work."""

from dataclasses import replace

from foundation.db.engine import Database
from foundation.db.standing import Standing, compare
from foundation.plugins.dependencies import settled
from foundation.plugins.registry import Loaded, Registry, State

MIGRATE = "foundation db upgrade --plugin"


async def fit(registry: Registry, database: Database) -> Registry:
    """Return *registry* with every plugin marked whose tables do not suit its code.

    Compares only; nothing is migrated here. Raises what the database raises when it is away.
    """
    async with database.reading() as db:
        standings = await compare(db, registry.owners)
    unfit = {
        standing.owner: _marked(plugin, standing)
        for standing in standings
        if not standing.ok and (plugin := registry.find(standing.owner)) and plugin.is_started
    }
    return settled(registry.marked(unfit))


def _marked(plugin: Loaded, standing: Standing) -> Loaded:
    migrate = f"{MIGRATE} {plugin.id}"
    match standing.state:
        case "absent":
            reason = f"its tables are not there yet; the code wants revision {standing.head}"
            return replace(plugin, state=State.NEEDS_MIGRATION, reason=reason, mend=migrate)
        case "behind":
            reason = f"the database is at {standing.revision}, the code wants {standing.head}"
            return replace(plugin, state=State.NEEDS_MIGRATION, reason=reason, mend=migrate)
        case "incompatible":
            mend = f"pip install --upgrade {plugin.dist}"
            return replace(plugin, state=State.INCOMPATIBLE, reason=standing.reason, mend=mend)
    mend = f"foundation plugin check {plugin.id}"
    return replace(plugin, state=State.INVALID, reason=standing.reason, mend=mend)
