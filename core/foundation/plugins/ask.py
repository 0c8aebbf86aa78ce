"""Asking one hook: called once, guarded, its value checked against what the hook returns."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

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

Answers = Mapping[str, Any]
"""What the hooks of one plugin gave, by hook: each value checked by `value_problem`."""

MANY: Mapping[str, type] = {
    "permissions": Permission,
    "routers": Router,
    "audit_events": EventType,
    "navigation": NavEntry,
    "resources": Resource,
    "jobs": Job,
    "health_checks": HealthCheck,
    "on_event": Subscription,
    "widgets": Widget,
    "commands": Command,
}
"""Hooks that return a sequence, and of what."""

ONE: Mapping[str, type] = {
    "tables": Tables,
    "frontend": Frontend,
    "services": Services,
    "lifespan": Lifespan,
}
"""Hooks that return one value, and of which type."""

SETTINGS = "settings"
"""The one hook that returns a class."""

HOOKS = ("permissions", SETTINGS, *(name for name in (*MANY, *ONE) if name != "permissions"))
"""Every hook in the order of asking: permissions and settings before the rest."""


class HookRaised(Exception):
    """A hook raised; the cause is what it raised."""


class WrongValue(Exception):
    """A hook returned something else than it must."""


def ask(name: str, function: Callable[[], object]) -> object:
    """Call the hook *name* and return its value.

    Raises `HookRaised`, or `WrongValue` for a value of another type. A coroutine or generator
    that a plain function handed back is closed, so that nothing is "never awaited".
    """
    try:
        value = function()
    except (Exception, SystemExit) as error:
        raise HookRaised(name) from error
    if inspect.iscoroutine(value) or inspect.isgenerator(value):
        value.close()
    problem = value_problem(name, value)
    if problem:
        raise WrongValue(f"{name} {problem}")
    return tuple(value) if isinstance(value, Sequence) else value


def value_problem(name: str, value: object) -> str | None:
    """Return what is wrong with the value of the hook *name*, or None."""
    if inspect.isawaitable(value) or inspect.isasyncgen(value):
        return f"returned {_kind(value)}; a hook returns data"
    if name == SETTINGS:
        if isinstance(value, type) and issubclass(value, PluginSettings):
            return None
        return f"returns a subclass of PluginSettings, not {_kind(value)}"
    if name in ONE:
        wanted = ONE[name].__name__
        return None if isinstance(value, ONE[name]) else f"returns {wanted}, not {_kind(value)}"
    return _sequence_problem(value, MANY[name])


def _sequence_problem(value: object, wanted: type) -> str | None:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return f"returns a sequence of {wanted.__name__}, not {_kind(value)}"
    wrong = next((item for item in value if not isinstance(item, wanted)), None)
    if wrong is not None:
        return f"returns a sequence of {wanted.__name__}, and one item is {_kind(wrong)}"
    return None


def _kind(value: object) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__}"
    return f"a {type(value).__name__}"
