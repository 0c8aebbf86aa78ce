"""What the projects section takes and answers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from foundation.ports import ProjectRole
from foundation.sdk import Name, PageQuery, Query, Request, Slug, Text, Versioned, View

Status = Literal["active", "archived"]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,39}$")]
Tags = Annotated[list[Tag], Field(max_length=20)]
Id = Annotated[UUID, Field(strict=False)]
May = Literal["edit", "attach", "archive", "members", "purge"]


class NewProject(Request):
    """A project as somebody begins it."""

    name: Name
    slug: Slug
    description: Text = ""
    tags: Annotated[Tags, Field(default_factory=list)]


class ProjectChange(Request):
    """What may change of a project; an absent field is kept."""

    name: Name | None = None
    description: Text | None = None
    tags: Tags | None = None


class Projects(PageQuery):
    """Which projects to list, and in which order; *q* is looked for in name and slug.

    *owner* is whoever answers for them.
    """

    q: Annotated[str, Field(max_length=200)] | None = None
    status: Status | None = None
    tag: Tag | None = None
    owner: UUID | None = None
    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"


class PersonView(View):
    """Somebody, by what to call them."""

    id: UUID
    name: str
    email: str


class ProjectView(Versioned):
    """A project; *role* is what whoever asks is in it, *may* what they can do there now."""

    slug: str
    name: str
    description: str
    status: Status
    tags: list[str]
    owner_id: UUID | None
    owner: PersonView | None = None
    role: ProjectRole | None = None
    may: tuple[May, ...] = ()


class TagCount(View):
    """A tag, and how many projects have it."""

    tag: str
    projects: int


class OwnerCount(View):
    """Somebody, and for how many projects they answer."""

    id: UUID
    name: str
    projects: int


class Facets(View):
    """What the projects one sees can be narrowed by."""

    tags: list[TagCount]
    owners: list[OwnerCount]


class NewMember(Request):
    """Who becomes a member, and as what."""

    user_id: Id
    role: ProjectRole = "viewer"


class MemberChange(Request):
    """What a member becomes."""

    role: ProjectRole


class NewOwner(Request):
    """Who is to answer for a project."""

    user_id: Id


class MemberView(Versioned):
    """A member; *answers* is whoever owns the project first of all."""

    user_id: UUID
    name: str
    email: str
    kind: str
    enabled: bool
    role: ProjectRole
    answers: bool


class Candidates(Query):
    """Whom to look for: a part of a name or an e-mail."""

    q: Annotated[str, Field(max_length=200)] = ""


class Candidate(View):
    """Somebody who may become a member."""

    id: UUID
    name: str
    email: str
    kind: str


class Attachment(Request):
    """Which credential to attach."""

    credential_id: Id


class AttachedCredential(View):
    """A credential as a project shows it: never a value."""

    id: UUID
    slug: str
    name: str
    kind: str


class PurgePlan(View):
    """What a purge would do: *blocked* says why it cannot be done now, empty when it can.

    *version* is that of the project it was made for: a purge names it in If-Match.
    """

    slug: str
    version: int
    members: int
    credentials: list[AttachedCredential]
    open_runs: int | None
    schedules: int
    blocked: list[Literal["active", "runs", "credentials_away"]]


class Purge(Request):
    """The slug, typed by whoever is sure."""

    slug: Annotated[str, Field(max_length=63)]


class HistoryActor(View):
    """Who did it."""

    id: UUID | None
    name: str


class HistoryEvent(View):
    """Something that happened to a project or to what belongs to it; the audit section has all."""

    id: UUID
    occurred_at: datetime
    type: str
    title: str
    plugin: str
    actor: HistoryActor
    target: str | None
    outcome: str
    reason: str | None
