"""Compares what a plugin offers with the Protocol of the port: names, arguments, async or not."""

import inspect
import typing
from typing import Any

from foundation.plugins.contributions import Offer
from foundation.ports import Port


def offer_problems(offer: Offer[Any]) -> list[str]:
    """Return in what the offered thing differs from its Protocol; nothing where it cannot be seen.

    Seen are a class, or a function that says what it returns.
    """
    protocol, given = protocol_of(offer.port), _given(offer.factory)
    if protocol is None or given is None:
        return []
    name = f"port {offer.port.name} {offer.port.major}: {given.__name__}"
    return [f"{name} {problem}" for problem in _differences(protocol, given)]


def protocol_of(port: Port[Any]) -> type | None:
    """Return the Protocol a port is typed with, or None for a port without one."""
    typed = typing.get_args(getattr(port, "__orig_class__", None))
    found = typed[0] if typed else None
    return found if isinstance(found, type) and getattr(found, "_is_protocol", False) else None


def _given(factory: object) -> type | None:
    if isinstance(factory, type):
        return factory
    try:
        found = typing.get_type_hints(factory).get("return")
    except (NameError, TypeError):  # what cannot be read is not judged
        return None
    is_seen = isinstance(found, type) and not getattr(found, "_is_protocol", False)
    return found if is_seen else None


def _differences(protocol: type, given: type) -> list[str]:
    found = []
    for name in sorted(_members(protocol)):
        wanted = inspect.getattr_static(protocol, name, None)
        if not hasattr(given, name) and name not in _fields(given):
            found.append(f"has no {name}")
        elif inspect.isfunction(wanted):
            own = inspect.getattr_static(given, name, None)
            found += _of_method(name, wanted, own) if inspect.isfunction(own) else []
    return found


def _members(protocol: type) -> set[str]:
    named = {name for name in vars(protocol) if not name.startswith("_")}
    return named | {n for n in inspect.get_annotations(protocol) if not n.startswith("_")}


def _fields(given: type) -> set[str]:
    return {name for base in given.__mro__ for name in inspect.get_annotations(base)}


def _of_method(name: str, wanted: Any, own: Any) -> list[str]:  # functions of any signature
    problems = []
    if inspect.iscoroutinefunction(wanted) != inspect.iscoroutinefunction(own):
        kind = "async" if inspect.iscoroutinefunction(wanted) else "not async"
        problems.append(f"{name}() must be {kind}")
    asked = inspect.signature(wanted).parameters
    try:
        inspect.signature(own).bind(**{each: None for each in asked if _is_named(asked[each])})
    except TypeError as differs:
        problems.append(f"{name}() does not take what the port says: {differs}")
    return problems


def _is_named(parameter: inspect.Parameter) -> bool:
    return parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY}
