"""How the parts of this process are: looked at every few seconds, told from what was last seen.

A probe never waits for a database that hangs; it hears what the last look found.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from foundation.beside import running_beside
from foundation.db.anew import asked_anew
from foundation.errors import FoundationError
from foundation.ports import Part
from foundation.telemetry.logging import logger

EVERY_S = 5.0
WITHIN_S = 4.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; *detail* is for people who may read it, never for strangers."""

    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at one part: each *every_s* seconds, given up after *within_s*."""

    name: str
    see: Callable[[], Awaitable[Finding]]
    required: bool = True
    every_s: float = EVERY_S
    within_s: float = WITHIN_S


@dataclass(slots=True)
class Watch:
    """Looks at parts in the background; satisfies `foundation.ports.Readiness`."""

    _seen: dict[str, Part] = field(default_factory=dict)

    def parts(self) -> tuple[Part, ...]:
        """Return one entry for each part, as it was when last looked at; never waits."""
        return tuple(self._seen.values())

    @asynccontextmanager
    async def over(self, looks: Iterable[Look]) -> AsyncIterator[None]:
        """Look at every part once, then in the background until the block ends."""
        wanted = tuple(looks)
        for look in wanted:
            await self.look(look)
        async with running_beside(*(self._keep_looking(look) for look in wanted)):
            yield

    async def look(self, look: Look) -> Part:
        """Look at one part now; a look that raises or takes too long found it away."""
        found = await _found(look)
        part = Part(look.name, found.ok, found.detail, required=look.required)
        before = self._seen.get(look.name)
        if before is not None and before.ok != part.ok:
            tell = logger().info if part.ok else logger().warning
            tell("part_changed", part=part.name, ok=part.ok, detail=part.detail)
        self._seen[look.name] = part
        return part

    async def _keep_looking(self, look: Look) -> None:
        while True:
            await asyncio.sleep(look.every_s)
            await self.look(look)


async def _found(look: Look) -> Finding:
    try:
        async with asyncio.timeout(look.within_s):
            return await asked_anew(look.see)  # a dead connection says nothing of the part
    except TimeoutError:
        return Finding(ok=False, detail=f"no answer within {look.within_s:g} s")
    except FoundationError as away:
        return Finding(ok=False, detail=away.detail or away.title)
    except Exception as fault:  # noqa: BLE001  # a part that fails in a new way is away too
        # The text of an unknown error may hold a secret; its class does not.
        return Finding(ok=False, detail=f"failed with {type(fault).__name__}")
