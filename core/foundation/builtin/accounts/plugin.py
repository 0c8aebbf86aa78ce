"""Accounts: signing in, and the section Users."""

from collections.abc import Sequence

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.builtin.accounts import events, routes, routes_access
from foundation.builtin.accounts import permissions as rights
from foundation.builtin.accounts import widgets as cards
from foundation.builtin.accounts.jobs import FORGET, WARN_OF_TOKENS
from foundation.http.router import Router
from foundation.plugins.contributions import Job, Manifest, NavEntry, Services, Widget
from foundation.plugins.hookspecs import hook
from foundation.plugins.pages import BuiltinPage
from foundation.ports import catalogue, identity, limiter

manifest = Manifest(id="accounts", title="Users", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """See users, manage users, manage roles."""
    return rights.ALL


@hook
def routers() -> Sequence[Router]:
    """Signing in, one's own things, users, roles, invitations, service accounts."""
    return (
        routes.auth,
        routes.users,
        routes_access.me,
        routes_access.users,
        routes_access.role,
        routes_access.invitation,
        routes_access.service,
    )


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
def jobs() -> Sequence[Job]:
    """Warnings before API tokens end, and an end of what is long over."""
    return WARN_OF_TOKENS, FORGET


@hook
def widgets() -> Sequence[Widget]:
    """The first step: not to be alone."""
    return cards.ALL


@hook
def services() -> Services:
    """Core's identity."""
    return Services(needs=(identity, catalogue, limiter))
