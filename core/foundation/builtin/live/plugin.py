"""Live: the one stream of a browser, over all sections."""

from collections.abc import Sequence

from foundation.builtin.live import routes
from foundation.http.router import Router
from foundation.plugins.contributions import Manifest, Services
from foundation.plugins.hookspecs import hook
from foundation.ports import live, run_sight

manifest = Manifest(id="live", title="Live", api=">=1.0,<2", owner="Foundation")


@hook
def routers() -> Sequence[Router]:
    """``/api/live``."""
    return (routes.live,)


@hook
def services() -> Services:
    """Core's own streams, and who sees which run."""
    return Services(needs=(live, run_sight))
