"""Figure: the number that the dashboard shows."""

from dataclasses import dataclass

from foundation.sdk import Context
from foundation_credentials import repository


@dataclass(frozen=True, slots=True)
class Figure:
    """The port ``credentials.tally`` for one request."""

    ctx: Context

    async def count(self) -> int:
        """Return how many credentials there are."""
        return await repository.count(self.ctx.db)
