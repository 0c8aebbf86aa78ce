"""Checks of the hook ``on_event``: a name, events of others, a handler that is async."""

import inspect
import re
from collections.abc import Iterator, Sequence

from foundation.plugins.contributions import Subscription

NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
EVENT = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){2}$")


def subscription_problems(id: str, subscriptions: Sequence[Subscription]) -> list[str]:
    """Return what is wrong with the subscriptions of plugin *id*.

    An event of a plugin that is not here is none: it may come later.
    """
    names = [one.name for one in subscriptions]
    problems = [
        f"subscription {name!r} is declared twice"
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for one in subscriptions:
        problems += [f"subscription {one.name!r} {problem}" for problem in _problems(id, one)]
    return problems


def _problems(id: str, one: Subscription) -> Iterator[str]:
    if not NAME.match(one.name):
        yield "has a name that is not lower case letters, digits and _"
    if not one.events:
        yield "names no event"
    for event in one.events:
        if not EVENT.match(event):
            yield f"names {event!r}, which is not x.thing.verbed"
        if event.startswith(f"{id}."):
            yield f"names {event!r}, its own event; do it where that is recorded"
    if not inspect.iscoroutinefunction(one.handler):
        yield "has a handler that is no async function"
    if one.timeout_s < 1:
        yield "has a timeout_s below 1"
