"""The route of the dashboard."""

from foundation.auth.permissions import SignedIn
from foundation.builtin.dashboard import service
from foundation.builtin.dashboard.schemas import DashboardView
from foundation.http.context import Context
from foundation.http.router import Router

dashboard = Router("dashboard")


@dashboard.get("/", needs=SignedIn("it shows only what the person may see elsewhere"))
async def get_dashboard(ctx: Context) -> DashboardView:
    """Return figures, parts and the person's own recent events."""
    return await service.look(ctx)
