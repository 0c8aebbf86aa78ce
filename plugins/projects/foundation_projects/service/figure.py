"""Figure: the number that the dashboard shows."""

from dataclasses import dataclass

from foundation.sdk import Context
from foundation_projects import repository
from foundation_projects.service import access


@dataclass(frozen=True, slots=True)
class Figure:
    """The port ``projects.tally`` for one request."""

    ctx: Context

    async def count(self) -> int:
        """Return how many projects are active, of those that whoever asks may see."""
        return await repository.count(self.ctx.db, access.sight(self.ctx))
