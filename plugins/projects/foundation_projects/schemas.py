"""What the projects section takes and answers."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from foundation.sdk import Name, PageQuery, Request, Slug, Text, Versioned, View

Status = Literal["active", "archived"]

LongText = Annotated[
    Text, Field(title="Description", json_schema_extra={"x-ui": {"widget": "textarea"}})
]


class NewProject(Request):
    """A project as somebody begins it."""

    name: Annotated[Name, Field(title="Name")]
    slug: Annotated[Slug, Field(title="Slug", description="Short, in lower case; it stays")]
    description: LongText = ""


class ProjectChange(Request):
    """What may change of a project; an absent field is kept."""

    name: Annotated[Name | None, Field(title="Name")] = None
    description: LongText | None = None


class Projects(PageQuery):
    """Which projects to list, and in which order; *q* is looked for in name and slug."""

    q: Annotated[str, Field(max_length=200)] | None = None
    status: Status | None = None
    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"


class ProjectView(Versioned):
    """A project."""

    slug: str
    name: str
    description: str
    status: Status
    owner_id: UUID | None


class Attachment(Request):
    """Which credential to attach."""

    credential_id: Annotated[
        UUID,
        Field(
            title="Credential", json_schema_extra={"x-ui": {"widget": "ref", "ref": "/api/creds"}}
        ),
    ]


class AttachedCredential(View):
    """A credential as a project shows it: never a value."""

    id: UUID
    slug: str
    name: str
    kind: str
