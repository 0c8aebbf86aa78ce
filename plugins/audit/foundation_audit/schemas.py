"""What the audit section takes and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from foundation.sdk import PageQuery, View

Words = Annotated[str, Field(min_length=1, max_length=200)]
Outcome = Literal["success", "failure", "denied", "error"]


class Events(PageQuery):
    """Which events to list, newest first.

    *actor* is an id or a part of a name; *type* is a name or its start up to a dot; *target* is
    ``kind``, ``kind:id`` or an id; *since* is included, *until* is not.
    """

    actor: Words | None = None
    type: Words | None = None
    target: Words | None = None
    outcome: Outcome | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class ActorView(View):
    """Who did it, with their name at the time."""

    type: str
    id: UUID | None
    name: str


class TargetView(View):
    """What it is about, with its name at the time."""

    type: str
    id: str
    title: str


class EventView(View):
    """One event; *title* is that of its type, known even when its plugin is gone."""

    id: UUID
    occurred_at: datetime
    type: str
    title: str
    plugin: str
    severity: str
    actor: ActorView
    target: TargetView | None
    outcome: str
    reason: str | None
    request_id: str
    detail: dict[str, Any]  # JSON, as the event's type declares it


class TypeView(View):
    """One type of event, to filter by."""

    name: str
    version: int
    title: str
    plugin: str
    severity: str


class Types(View):
    """Every type of event that was ever declared here."""

    items: list[TypeView]
