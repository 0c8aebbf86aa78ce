"""System: core's Settings and Plugins sections, and the routes every shell starts with."""

from collections.abc import Sequence

from foundation.audit.events import EventType
from foundation.auth import key_events
from foundation.auth.permissions import Permission, SignedIn
from foundation.backup import book
from foundation.builtin.system import routes
from foundation.builtin.system.keys import keys
from foundation.builtin.system.permissions import READ, READ_KEYS, REARM
from foundation.http.router import Router
from foundation.plugins.contributions import Manifest, NavEntry, Services
from foundation.plugins.hookspecs import hook
from foundation.plugins.pages import BuiltinPage
from foundation.plugins.running import running
from foundation.ports import api_description, readiness

manifest = Manifest(id="system", title="System", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """See plugins, see the vault's keys."""
    return (READ, REARM, READ_KEYS)


@hook
def audit_events() -> Sequence[EventType]:
    """What happens to the vault's keys and to copies of the database."""
    return (*key_events.ALL, *book.EVENTS)


@hook
def routers() -> Sequence[Router]:
    """``/api/shell``, ``/api/plugins``, ``/api/health``, ``/api/openapi.json``, ``/api/keys``."""
    return (routes.shell, routes.plugins, routes.health, routes.openapi, keys)


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
