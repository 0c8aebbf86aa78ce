"""The hooks: what a plugin may say, each asked once at start, each answered with data.

All are plain functions without arguments. An async hook, an unknown name, or a value of another
type makes the plugin `invalid`.
"""

from collections.abc import Sequence

import pluggy

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.http.router import Router
from foundation.plugins.contributions import (
    Command,
    Frontend,
    HealthCheck,
    Job,
    Lifespan,
    NavEntry,
    Services,
    Subscription,
    Tables,
    Widget,
)
from foundation.plugins.resource import Resource
from foundation.plugins.settings import PluginSettings

CONTRACT = "1.1"
"""The version of this contract; plugins declare a range on it, never on the product."""

PROJECT = "foundation"

hookspec = pluggy.HookspecMarker(PROJECT)
hook = pluggy.HookimplMarker(PROJECT)


@hookspec
def permissions() -> Sequence[Permission]:
    """Asked first: the rights this plugin's routes need, named ``plugin:thing:verb``."""


@hookspec
def settings() -> type[PluginSettings]:
    """Asked before the rest: the model of ``FOUNDATION_<PLUGIN>_*``; all bad fields are told."""


@hookspec
def tables() -> Tables:
    """Asked to migrate and at start: tables in the schema named as the plugin, and revisions."""


@hookspec
def routers() -> Sequence[Router]:
    """Asked to mount: prefixes below ``/api`` and their routes, each with what it needs."""


@hookspec
def audit_events() -> Sequence[EventType]:
    """Asked to know what ``ctx.record`` may be given, and to render it for ever after."""


@hookspec
def navigation() -> Sequence[NavEntry]:
    """Asked to draw the sidebar: sections, and the page of each."""


@hookspec
def resources() -> Sequence[Resource]:
    """Asked to draw pages from data: list, detail, forms and actions."""


@hookspec
def frontend() -> Frontend:
    """Asked for the ES modules of the wheel, which are served under a hash of their content."""


@hookspec
def services() -> Services:
    """Asked to connect plugins: the ports this one offers, needs and wants."""


@hookspec
def jobs() -> Sequence[Job]:
    """Asked for the kinds of run this plugin has; a handler runs in a process of its own."""


@hookspec
def health_checks() -> Sequence[HealthCheck]:
    """Asked for what to look at now and then; shown in health, never deciding readiness."""


@hookspec
def widgets() -> Sequence[Widget]:
    """Asked for cards of the dashboard, each for those who hold a right."""


@hookspec
def commands() -> Sequence[Command]:
    """Asked when somebody types ``foundation <plugin>`` on the host: what can be done there."""


@hookspec
def lifespan() -> Lifespan:
    """Asked for what to hold open while a worker runs; entered in order, left in reverse."""


@hookspec
def on_event() -> Sequence[Subscription]:
    """Asked for what to do about events of other plugins, after their commit and in order."""
