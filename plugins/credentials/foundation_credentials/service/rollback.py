"""Rollback: finds values that somebody put back by writing to the database.

A whole set of older rows fits together and opens; only the trail, which is proved, remembers that
there was a newer one.
"""

from foundation.ports import trail
from foundation.sdk import Context, Health
from foundation_credentials import events, repository

_MADE = (events.REPLACED.name, events.RESTORED.name)


async def rolled_back(ctx: Context) -> list[str]:
    """Return the slugs of credentials whose values are older than the trail says."""
    newest = await ctx.get(trail).highest(_MADE, "values_version")
    held = await repository.versions_held(ctx.db)
    return sorted(slug for id, slug, version in held if newest.get(str(id), 0) > version)


async def health(ctx: Context) -> Health:
    """Say which values are not the newest."""
    slugs = await rolled_back(ctx)
    if not slugs:
        return Health(ok=True)
    return Health(ok=False, detail=f"older values were put back in: {', '.join(slugs[:20])}")
