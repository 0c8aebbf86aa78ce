"""What the audit section takes and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from foundation.sdk import Moment, PageQuery, Query, Request, Versioned, View

Words = Annotated[str, Field(min_length=1, max_length=200)]
Outcome = Literal["success", "failure", "denied", "error"]

Severity = Literal["low", "normal", "high", "critical"]
Form = Literal["ndjson", "csv", "ocsf"]

Asked = Literal[
    "actor", "type", "target", "outcome", "plugin", "severity", "project", "request",
    "from", "since", "until", "at", "order", "live",
]  # fmt: skip
"""What the address of the page may say beside its path."""

ENDINGS: dict[Form, str] = {"csv": "csv", "ndjson": "ndjson", "ocsf": "ocsf.ndjson"}


class Filters(BaseModel):
    """What to look for, in a body as in a query.

    *actor* is an id or a part of a name; *type* is a name or its start up to a dot; *target* is
    ``kind``, ``kind:id`` or an id; *request* is a whole id; *since* is included, *until* is not.
    """

    actor: Words | None = None
    type: Words | None = None
    target: Words | None = None
    outcome: Outcome | None = None
    plugin: Words | None = None
    severity: Severity | None = None
    project: UUID | None = None
    request: Words | None = None
    since: Moment | None = None
    until: Moment | None = None


class Narrowed(Filters, Request):
    """What to look for, as a body says it; see `Filters`."""


class Counted(Filters, Query):
    """Which events to count; see `Filters`."""


class CountView(View):
    """How many events there are; *more* when they are more than are counted."""

    count: int
    more: bool


class Events(Filters, PageQuery):
    """Which events to list, newest first unless *order* says otherwise; see `Filters`."""

    order: Literal["newest", "oldest"] = "newest"


class Wanted(Request):
    """What to take out, and in which form: with proofs, as a spreadsheet, as OCSF."""

    form: Form
    filters: Narrowed = Narrowed()


class Taken(View):
    """What was taken out: *complete* is false when there were more, or some are not sealed yet."""

    name: str
    media_type: str
    content: str
    events: int
    complete: bool


class RunStarted(View):
    """The run that takes it out; its parts are at ``/api/runs/{id}``."""

    run_id: UUID


class NewFilter(Request):
    """Filters to keep: *query* is that of the page, so "the last hour" stays the last hour."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    query: Annotated[dict[Asked, Words], Field(min_length=1)]


class SavedFilterView(Versioned):
    """Filters that whoever asks keeps."""

    name: str
    query: dict[str, str]


class SavedFilters(View):
    """All that whoever asks keeps."""

    items: list[SavedFilterView]


class ConsistencyQuery(Query):
    """Two sizes of the tree, in one epoch; without one, the newest."""

    model_config = ConfigDict(populate_by_name=True)

    old: Annotated[int, Field(alias="from", ge=1)]
    new: Annotated[int, Field(alias="to", ge=1)]
    epoch: Annotated[int, Field(ge=1)] | None = None


class ConsistencyView(View):
    """That the tree of *new* leaves begins with that of *old*: hashes in hexadecimal."""

    epoch: int
    old: int
    new: int
    proof: list[str]


class TileView(View):
    """One tile of the tree (c2sp.org/tlog-tiles), its hashes as base64."""

    epoch: int
    level: int
    index: int
    width: int
    hashes: str


class StandingView(View):
    """How far the proof of the trail is; *broken* says what does not fit."""

    epoch: int
    size: int
    note: str | None
    signed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    broken: str | None


class ProofView(View):
    """That one event is in the signed trail, as text for a verifier, and whether it holds."""

    event_id: UUID
    leaf_index: int
    size: int
    holds: bool
    text: str


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
    """One event; *title* is that of its type, known even when its plugin is not *installed*."""

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
    project_id: UUID | None
    detail: dict[str, Any]  # JSON, as the event's type declares it
    erased: bool
    installed: bool


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
