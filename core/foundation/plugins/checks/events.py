"""Checks of the hook ``audit_events``: names that carry the plugin's id, each given once."""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.audit.events import Detail, EventType
from foundation.audit.shape import detail_problems
from foundation.audit.vocabulary import WORDS

Noted = Mapping[tuple[str, int], Mapping[str, Any]]
"""JSON Schemas of details as the ledger has them, by an event's name and version."""


def event_problems(
    id: str, events: Sequence[EventType], *, noted: Noted | None = None
) -> list[str]:
    """Return what is wrong with the event types of plugin *id*.

    A detail that differs from the one *noted* for the same version would change how rows that are
    already in the trail are read.
    """
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
        unknown = ", ".join(sorted(set(event.owasp) - WORDS))
        if unknown:
            problems.append(f"event {event.name!r} has no words of OWASP's vocabulary: {unknown}")
        detail: object = event.detail  # a plugin may have silenced its type checker
        if not isinstance(detail, type) or not issubclass(detail, Detail):
            problems.append(f"event {event.name!r} has a detail that is no Detail")
            continue
        found = detail_problems(detail)
        problems += [f"event {event.name!r}: the field {problem}" for problem in found]
        if event.version < 1:
            problems.append(f"event {event.name!r} has a version below 1")
        before = (noted or {}).get((event.name, event.version))
        if before and _shape(before) != _shape(detail.model_json_schema()):
            problems.append(
                f"event {event.name!r} has another detail than version {event.version} had; "
                f"declare version {event.version + 1}"
            )
    return problems


def _shape(schema: Any) -> Any:  # JSON
    """Return a JSON Schema without its words, which may change freely."""
    if isinstance(schema, Mapping):
        return {
            name: _shape(value)
            for name, value in schema.items()
            if not (name in {"title", "description"} and isinstance(value, str))
        }
    return [_shape(value) for value in schema] if isinstance(schema, list) else schema
