"""What a plugin gives another through a port, run under the id of the plugin that gave it."""

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from foundation.telemetry.acting import acting

T = TypeVar("T")


def attributed(thing: T, plugin: str) -> T:
    """Return *thing* so that each call of a method of it is one of *plugin*'s code.

    A plain value has no code, and stays as it is.
    """
    is_plain = type(thing).__module__ == "builtins"
    return thing if is_plain else cast("T", _Attributed(thing, plugin))


class _Attributed:
    __slots__ = ("_plugin", "_thing")

    def __init__(self, thing: object, plugin: str) -> None:
        self._thing, self._plugin = thing, plugin

    def __getattr__(self, name: str) -> Any:  # whatever the thing has
        found = getattr(self._thing, name)
        return _named(found, self._plugin) if callable(found) else found


def _named(method: Callable[..., Any], plugin: str) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*given: Any, **named: Any) -> Any:  # as the method takes
        with acting(plugin):
            result = method(*given, **named)
        return _awaited(result, plugin) if inspect.iscoroutine(result) else result

    return call


async def _awaited(result: Awaitable[Any], plugin: str) -> Any:
    with acting(plugin):
        return await result
