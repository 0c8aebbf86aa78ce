"""Sight: whether one thing that a page wants to follow is theirs; a right alone is not enough."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.principal import Principal
from foundation.http.context import Context
from foundation.live.topics import name_of
from foundation.ports import run_sight

RUN = "runs.run"


@dataclass(frozen=True, slots=True)
class Sight:
    """Asks the section that a thing is of, as its own routes do; satisfies `topics.Sees`."""

    ctx: Context

    async def __call__(self, principal: Principal, key: str, db: AsyncSession | None) -> bool:
        """Tell whether *principal* may see the thing of *key*; *db* is None within the request."""
        ref = key.partition(":")[2]
        if name_of(key) != RUN or not ref:
            return True  # it says "changed" and no more
        try:
            id = UUID(ref)
        except ValueError:
            return False
        ctx = self.ctx if db is None else replace(self.ctx, principal=principal, db=db)
        return await ctx.get(run_sight).sees(id)
