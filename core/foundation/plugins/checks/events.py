"""Checks of the hook ``audit_events``: names that carry the plugin's id, each given once."""

from collections.abc import Sequence

from foundation.audit.events import Detail, EventType
from foundation.audit.shape import detail_problems


def event_problems(id: str, events: Sequence[EventType]) -> list[str]:
    """Return what is wrong with the event types of plugin *id*."""
    names = [(event.name, event.version) for event in events]
    problems = [
        f"event {name!r} version {version} is declared twice"
        for name, version in sorted({name for name in names if names.count(name) > 1})
    ]
    for event in events:
        if event.plugin != id:
            problems.append(f"event {event.name!r} is not named {id}.thing.verbed")
        if not event.title:
            problems.append(f"event {event.name!r} has no title")
        detail: object = event.detail  # a plugin may have silenced its type checker
        if not isinstance(detail, type) or not issubclass(detail, Detail):
            problems.append(f"event {event.name!r} has a detail that is no Detail")
        else:
            found = detail_problems(detail)
            problems += [f"event {event.name!r}: the field {problem}" for problem in found]
        if event.version < 1:
            problems.append(f"event {event.name!r} has a version below 1")
    return problems
