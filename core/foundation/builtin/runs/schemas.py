"""What ``/api/runs`` takes and answers."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from foundation.http.models import PageQuery, Query, Request, View

Json = dict[str, Any]  # JSON of whatever the job's own model says
State = Literal["queued", "running", "cancelling", "succeeded", "failed", "cancelled", "lost"]
Cron = Annotated[str, Field(min_length=9, max_length=100)]
Overlap = Literal["skip", "queue", "cancel_old"]
CatchUp = Literal["none", "last", "all"]


class RunQuery(PageQuery):
    """Which runs to list.

    *open* are those that have not ended, *failed* those that failed or were lost, and with *days*
    only those that ended in the last so many.
    """

    state: State | None = None
    kind: Annotated[str, Field(max_length=60)] | None = None
    plugin: Annotated[str, Field(max_length=20)] | None = None
    project_id: UUID | None = None
    schedule_id: UUID | None = None
    open: bool | None = None
    failed: bool | None = None
    days: Annotated[int, Field(ge=1, le=90)] | None = None


class StatisticsQuery(Query):
    """Which runs to count: those asked for in the last *days*, by day in the time *zone*."""

    days: Annotated[int, Field(ge=1, le=90)] = 14
    zone: Annotated[str, Field(max_length=60)] = "UTC"
    kind: Annotated[str, Field(max_length=60)] | None = None
    plugin: Annotated[str, Field(max_length=20)] | None = None
    project_id: UUID | None = None


class LogQuery(Query):
    """From where to read a log: after chunk *after* of *attempt*, the newest when not given.

    With *last* it is the end of the log, so many chunks of it.
    """

    attempt: Annotated[int, Field(ge=1)] | None = None
    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=20)] = 10
    last: Annotated[int, Field(ge=1, le=20)] | None = None


class NewRun(Request):
    """A run to start: the job's kind and its parameters, which the job's own model checks."""

    kind: Annotated[str, Field(max_length=60)]
    params: Json = Field(default_factory=dict)
    key: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    project_id: Annotated[UUID, Field(strict=False)] | None = None
    not_before: Annotated[datetime, Field(strict=False)] | None = None
    priority: Annotated[int, Field(ge=-100, le=100)] | None = None


class Again(Request):
    """How to repeat a run: with its parameters, or with these."""

    params: Json | None = None


class ScheduleQuery(Query):
    """Which schedules to list."""

    project_id: UUID | None = None


class NewSchedule(Request):
    """A job to run by the clock; with *project_id* it and its runs belong to that project."""

    kind: Annotated[str, Field(max_length=60)]
    params: Json = Field(default_factory=dict)
    project_id: Annotated[UUID, Field(strict=False)] | None = None
    cron: Cron
    zone: Annotated[str, Field(max_length=60)] = "UTC"
    overlap: Overlap = "skip"
    catch_up: CatchUp = "last"


class ScheduleChange(Request):
    """What to change of a schedule."""

    cron: Cron | None = None
    zone: Annotated[str, Field(max_length=60)] | None = None
    params: Json | None = None
    overlap: Overlap | None = None
    catch_up: CatchUp | None = None
    enabled: bool | None = None


class Progress(View):
    """How far an attempt is."""

    done: float
    total: float | None
    unit: str
    phase: str


class Failure(View):
    """Why a run failed, or waits after a failure."""

    code: str
    message: str
    retryable: bool


class RunView(View):
    """One run; *progress* is that of its newest attempt, *waits* says why it is queued."""

    id: UUID
    kind: str
    plugin: str
    title: str
    state: State
    project_id: UUID | None
    schedule_id: UUID | None
    parent_run_id: UUID | None
    attempt: int
    max_attempts: int
    failures: int
    priority: int
    waits: str | None
    requested_by: UUID | None
    requested_name: str
    created_at: datetime
    not_before: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    error: Failure | None
    progress: Progress | None = None


class AttemptView(View):
    """One try of a run."""

    number: int
    outcome: str | None
    exit: str | None
    progress: Progress | None
    started_at: datetime
    finished_at: datetime | None


class ArtefactView(View):
    """A file that an attempt left behind."""

    id: UUID
    attempt: int
    name: str
    media_type: str
    size: int
    created_at: datetime


class ArtefactContent(ArtefactView):
    """A file with its content, as base64: never a page that a browser would open."""

    sha256: str
    content: str


class DayView(View):
    """The runs asked for on one day, by how they ended; times in seconds, of those that worked."""

    day: date
    succeeded: int
    failed: int
    cancelled: int
    open: int
    median_s: float | None
    longest_s: float | None


class Statistics(View):
    """One entry for each day, the oldest first, the empty ones too."""

    days: list[DayView]


class RunDetail(RunView):
    """One run with its parameters, result, attempts and what it left behind."""

    params: Json
    result: Json | None
    timeout_s: int
    may_operate: bool
    attempts: list[AttemptView]
    artefacts: list[ArtefactView]


class LogPage(View):
    """Some lines of a log, each with its time; *next* is the chunk to go on after.

    *more* says that lines are there already; a run under way may write more later.
    """

    attempt: int
    lines: list[str]
    next: int
    more: bool
    dropped: bool


class JobView(View):
    """A job that somebody may start; *form* is its parameters' JSON Schema, null for none."""

    kind: str
    title: str
    plugin: str
    version: int
    may_start: bool
    form: Json | None


class Jobs(View):
    """Every job of the started plugins, by title."""

    items: list[JobView]


class ScheduleView(View):
    """One schedule; *next_at* is when it is due, *problem* why Foundation switched it off."""

    id: UUID
    kind: str
    project_id: UUID | None
    params: Json
    cron: str
    zone: str
    overlap: str
    catch_up: str
    enabled: bool
    problem: str | None
    next_at: datetime
    owner_name: str
    created_at: datetime
    may_change: bool = False


class Schedules(View):
    """Every schedule, the next to come first."""

    items: list[ScheduleView]
