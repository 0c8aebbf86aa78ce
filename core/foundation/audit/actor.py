"""Whoever an event says did it: plain data, because the trail lies below sign-in."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of an event; *session* is the session's public id, never its cookie."""

    type: Literal["anonymous", "user", "service", "system"]
    id: UUID | None = None
    name: str = ""
    session: UUID | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event comes from: who did it, whose code ran, and in which request or run."""

    actor: Actor
    plugin: str
    request_id: str
    run_id: UUID | None = None
