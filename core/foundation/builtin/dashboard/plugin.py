"""Dashboard: what somebody sees first."""

from collections.abc import Sequence

from foundation.audit.events import EventType
from foundation.auth.permissions import SignedIn
from foundation.builtin.dashboard import events
from foundation.builtin.dashboard import widgets as cards
from foundation.builtin.dashboard.routes import dashboard
from foundation.http.router import Router
from foundation.plugins.board import board
from foundation.plugins.contributions import Manifest, NavEntry, Services, Widget
from foundation.plugins.hookspecs import hook
from foundation.plugins.pages import BuiltinPage
from foundation.plugins.running import running
from foundation.ports import readiness, trail

manifest = Manifest(id="dashboard", title="Dashboard", api=">=1.0,<2", owner="Foundation")


@hook
def routers() -> Sequence[Router]:
    """``/api/dashboard``."""
    return (dashboard,)


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Dashboard."""
    return (
        NavEntry(
            section="dashboard",
            title="Dashboard",
            icon="layout-dashboard",
            needs=SignedIn("everybody starts here"),
            page=BuiltinPage("dashboard"),
            group="main",
            weight=0,
        ),
    )


@hook
def audit_events() -> Sequence[EventType]:
    """Somebody puts their first steps away, or brings them back."""
    return events.ALL


@hook
def widgets() -> Sequence[Widget]:
    """Whether anything is wrong, and how much there is."""
    return cards.ALL


@hook
def services() -> Services:
    """The board, the registry, the parts of the process, the trail."""
    return Services(needs=(board, running, readiness, trail))
