"""The routes of the dashboard."""

from foundation.auth.permissions import SignedIn
from foundation.builtin.dashboard import service
from foundation.builtin.dashboard.schemas import DashboardView
from foundation.http.context import Context
from foundation.http.router import Router

OWN = SignedIn("it shows only what the person may see elsewhere")

dashboard = Router("dashboard")


@dashboard.get("/", needs=OWN)
async def get_dashboard(ctx: Context) -> DashboardView:
    """Return the cards of whoever asks."""
    return await service.look(ctx)


@dashboard.delete("/first-steps", needs=OWN)
async def put_steps_away(ctx: Context) -> None:
    """Put one's own first steps away."""
    await service.put_away(ctx)


@dashboard.put("/first-steps", needs=OWN, status=204)
async def bring_steps_back(ctx: Context) -> None:
    """Bring one's own first steps back."""
    await service.bring_back(ctx)
