"""System: core's Settings and Plugins sections, and the routes every shell starts with."""

from collections.abc import Sequence

from foundation.auth.permissions import Permission, SignedIn
from foundation.builtin.system import routes
from foundation.builtin.system.permissions import READ
from foundation.http.router import Router
from foundation.plugins.contributions import Manifest, NavEntry, Services
from foundation.plugins.hookspecs import hook
from foundation.plugins.pages import BuiltinPage
from foundation.plugins.running import running
from foundation.ports import api_description, readiness

manifest = Manifest(id="system", title="System", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """See plugins."""
    return (READ,)


@hook
def routers() -> Sequence[Router]:
    """``/api/shell``, ``/api/plugins``, ``/api/health``, ``/api/openapi.json``."""
    return (routes.shell, routes.plugins, routes.health, routes.openapi)


@hook
def navigation() -> Sequence[NavEntry]:
    """The sections Settings and Plugins."""
    return (
        NavEntry(
            section="settings",
            title="Settings",
            icon="settings",
            needs=SignedIn("looks and language are everybody's own"),
            page=BuiltinPage("settings"),
            group="admin",
            weight=80,
        ),
        NavEntry(
            section="plugins",
            title="Plugins",
            icon="puzzle",
            needs=READ,
            page=BuiltinPage("plugins"),
            group="admin",
            weight=90,
        ),
    )


@hook
def services() -> Services:
    """What the start of the process gives to core's own pages."""
    return Services(needs=(running, readiness, api_description))
