"""What ``/api/dashboard`` answers."""

from datetime import datetime
from uuid import UUID

from foundation.http.models import View


class Tile(View):
    """One figure: *to* is the section behind it."""

    key: str
    title: str
    value: int
    to: str
    tone: str = "neutral"
    detail: str | None = None


class Part(View):
    """One part the service is made of."""

    name: str
    ok: bool
    required: bool
    detail: str | None


class Actor(View):
    """Who did it."""

    type: str
    id: UUID | None
    name: str


class Target(View):
    """What it was done to."""

    type: str
    id: str
    title: str


class Event(View):
    """One event of the trail."""

    id: UUID
    occurred_at: datetime
    type: str
    title: str
    actor: Actor
    target: Target | None
    outcome: str


class DashboardView(View):
    """What somebody sees first; *events* are their own, null for people who may not read them."""

    tiles: list[Tile]
    health: list[Part]
    events: list[Event] | None
