"""Whether PostgreSQL has room for every connection that may be open at once, part by part."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.oidc.examine import Finding
from foundation.db.engine import OVERFLOW, POOL
from foundation.settings import Settings

WORKER = POOL + OVERFLOW + 1
"""The pool of a process that answers, full, and the connection on which it hears of changes."""

ENGINE = 4
"""What the engine of runs holds: a pool of three, and the connection on which it hears."""

BESIDE: Mapping[str, int] = {"a migration": 1, "a backup or drill": 2, "people": 2}
"""What comes and goes beside the server."""

_ROOM = text("""
    SELECT current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0)
""")


def wanted(settings: Settings) -> Mapping[str, int]:
    """Return how many connections each part may hold at the worst moment: a roll, under load."""
    return {
        f"{settings.workers} workers": settings.workers * WORKER,
        "one that is rolled in": WORKER,
        "the run worker": POOL + OVERFLOW + ENGINE,
        f"{settings.run_slots} runs": settings.run_slots,
        **BESIDE,
    }


async def room_of(db: AsyncSession) -> int:
    """Return how many connections the server has for anybody."""
    return int(await db.scalar(_ROOM) or 0)


def examine_room(settings: Settings, there: int) -> Finding:
    """Return whether all that may be open at once has room in *there* connections."""
    parts = wanted(settings)
    needed = sum(parts.values())
    words = f"{needed} of {there} may be open at once"
    if needed <= there:
        return "connections", "ok", words
    each = ", ".join(f"{part} {number}" for part, number in parts.items())
    mend = "raise max_connections or lower FOUNDATION_WORKERS"
    return "connections", "bad", f"{words} ({each}); {mend}"
