"""Event types: what may be said in the audit trail, and how each detail is kept.

A type is declared once, with a pydantic model for its detail; calling it makes an `Event`.
Fields are plain unless marked; a field whose type is `Secret` is always dropped, and one whose
name looks secret must be marked, or its plugin is not started (`shape.detail_problems`).
"""

import re
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from foundation.audit.vocabulary import OwaspWord

NAME = re.compile(r"^[a-z][a-z0-9_]{1,19}(\.[a-z][a-z0-9_]*){2}$")

Severity = Literal["low", "normal", "high", "critical"]
Outcome = Literal["success", "failure", "denied", "error"]
Retention = Literal["short", "normal", "long"]


class Plain:
    """Marks a detail field that is kept as it is: ``reason: Annotated[str, Plain]``."""


class Drop:
    """Marks a detail field of which only "set" or "empty" is kept."""


@dataclass(frozen=True, slots=True)
class Mask:
    """Marks a detail field of which only the last *keep* characters are kept."""

    keep: int = 4


class Keyed:
    """Marks a detail field of which a keyed hash is kept: equal values stay findable."""


class Commit:
    """Marks a detail field of which a salted hash is kept: whoever has the value can prove it."""


class Detail(BaseModel):
    """Base of every event's detail: frozen, no unknown field."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class NoDetail(Detail):
    """The detail of an event that has nothing to add."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an event is about: a kind of thing, its id, and its name at the time."""

    type: str
    id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, ready to be recorded by ``ctx.record``."""

    type: "EventType"
    target: Target | None
    detail: Detail
    outcome: Outcome = "success"
    reason: str | None = None
    project_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """A declared kind of event: ``plugin.thing.verbed``, its title, and the shape of its detail.

    *retention* says how long its details stay: 30 days, 400 days, or as long as the row. With
    *sync* an answer waits until the event is in the signed tree, where ``FOUNDATION_AUDIT_SYNC``
    says so. *owasp* are its words in OWASP's logging vocabulary (`OwaspWord`), for whoever watches
    many programs. Raises `ValueError` at import for a name that does not have that form.
    """

    name: str
    title: str
    detail: type[Detail] = NoDetail
    version: int = 1
    severity: Severity = "normal"
    targets: tuple[str, ...] = field(default=())
    retention: Retention = "normal"
    sync: bool = False
    owasp: tuple[OwaspWord, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.match(self.name):
            raise ValueError(f"an event is named plugin.thing.verbed, not {self.name!r}")

    @property
    def plugin(self) -> str:
        """The id of the plugin that declares this type."""
        return self.name.partition(".")[0]

    def __call__(
        self,
        target: Target | None = None,
        *,
        outcome: Outcome = "success",
        reason: str | None = None,
        project_id: UUID | None = None,
        **detail: Any,  # checked by the detail model, which refuses what it does not know
    ) -> Event:
        """Make an event of this type; raises `pydantic.ValidationError` on a wrong detail."""
        return Event(self, target, self.detail(**detail), outcome, reason, project_id)
