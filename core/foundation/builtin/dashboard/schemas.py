"""What ``/api/dashboard`` answers."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from foundation.http.models import View
from foundation.plugins.shapes import Shown


class CardView(View):
    """One card: what it shows, or in *error* why it shows nothing."""

    id: str
    plugin: str
    title: str
    size: str
    to: str | None = None
    shown: Annotated[Shown, Field(discriminator="kind")] | None = None
    error: str | None = None


class DashboardView(View):
    """What somebody sees first; *request_id* is under which the log tells of a card's error."""

    cards: list[CardView]
    at: datetime
    request_id: str
