"""Accounts: signing in, and the section Users."""

from collections.abc import Sequence

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.builtin.accounts import events, routes
from foundation.builtin.accounts import permissions as rights
from foundation.http.router import Router
from foundation.plugins.contributions import Manifest, NavEntry, Services
from foundation.plugins.hookspecs import hook
from foundation.plugins.pages import BuiltinPage
from foundation.ports import identity

manifest = Manifest(id="accounts", title="Users", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """See users, manage users."""
    return rights.ALL


@hook
def routers() -> Sequence[Router]:
    """``/api/auth`` and ``/api/users``."""
    return (routes.auth, routes.users)


@hook
def audit_events() -> Sequence[EventType]:
    """Sign-ins, sessions, roles."""
    return events.ALL


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Users."""
    return (
        NavEntry(
            section="users",
            title="Users",
            icon="users",
            needs=rights.READ,
            page=BuiltinPage("users"),
            group="admin",
            weight=20,
            palette=("people", "roles", "accounts"),
        ),
    )


@hook
def services() -> Services:
    """Core's identity."""
    return Services(needs=(identity,))
