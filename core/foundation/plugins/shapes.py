"""What a widget of the dashboard may show: figures, a list, a chart, steps."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from foundation.http.models import View

Link = Annotated[str, StringConstraints(pattern=r"^/([^/\s]\S{0,1000})?$")]
"""An address in Foundation, with the filter that shows just what was counted."""

Tone = Literal["neutral", "good", "warn", "bad", "info"]
MOST = 20


class Shape(View):
    """Base of all shapes: an unknown field is a fault of the author, not something to drop."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class Figure(Shape):
    """One number, and the list behind it; None is "not known now"."""

    label: str
    value: int | float | None
    to: Link | None = None
    tone: Tone = "neutral"
    detail: str = ""


class Figures(Shape):
    """Numbers beside each other."""

    kind: Literal["figures"] = "figures"
    items: Annotated[tuple[Figure, ...], Field(max_length=MOST)]


class ListItem(Shape):
    """One line: what it is, and when it was if that matters."""

    title: str
    to: Link | None = None
    detail: str = ""
    tone: Tone = "neutral"
    at: datetime | None = None


class ItemList(Shape):
    """Lines below each other; *empty* is what an empty list means, in a sentence."""

    kind: Literal["list"] = "list"
    items: Annotated[tuple[ListItem, ...], Field(max_length=MOST)]
    empty: str = ""


class ChartPoint(Shape):
    """A place on the axis, and the list of what happened there.

    A day as *label* ("2026-01-31") is written as whoever reads writes days.
    """

    label: str
    to: Link | None = None


class Series(Shape):
    """One row of values, as many as there are points."""

    name: str
    values: tuple[int | float, ...]
    tone: Tone = "info"


class Chart(Shape):
    """Bars over points; several series stand on each other. *unit* names what is counted."""

    kind: Literal["chart"] = "chart"
    unit: str
    points: Annotated[tuple[ChartPoint, ...], Field(max_length=100)]
    series: Annotated[tuple[Series, ...], Field(min_length=1, max_length=5)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for one in self.series:
            if len(one.values) != len(self.points):
                raise ValueError(f"{one.name} has {len(one.values)} values for other points")
        return self


class Step(Shape):
    """One thing to do first; *done* is a fact that was looked up, never a tick somebody set."""

    title: str
    done: bool
    to: Link
    detail: str = ""


class Checklist(Shape):
    """Steps for somebody new; all plugins' steps stand in one card, which can be put away."""

    kind: Literal["checklist"] = "checklist"
    steps: Annotated[tuple[Step, ...], Field(max_length=MOST)]


Shown = Figures | ItemList | Chart | Checklist
"""What a widget shows."""
