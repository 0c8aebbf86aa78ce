"""What this section takes and answers; the shell draws its forms from these."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from foundation.sdk import Name, PageQuery, Request, Versioned, View

Kind = Literal["csv", "postgres"]
Content = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500_000),
    Field(
        title="CSV or query",
        description="CSV text with a line of names, or one SELECT",
        json_schema_extra={"x-ui": {"widget": "code"}},
    ),
]
CredentialId = Annotated[
    UUID | None,
    Field(
        title="Credential",
        description="For a query: which database",
        json_schema_extra={"x-ui": {"widget": "ref", "ref": "/api/creds"}},
    ),
]


class NewSource(Request):
    """A source as somebody adds it."""

    name: Annotated[Name, Field(title="Name")]
    kind: Annotated[Kind, Field(title="Kind")] = "csv"
    content: Content
    credential_id: CredentialId = None


class SourceChange(Request):
    """What may change of a source; an absent field is kept."""

    name: Annotated[Name | None, Field(title="Name")] = None
    content: Content | None = None
    credential_id: CredentialId = None


class LoadParams(BaseModel):
    """Which source a run loads; a query is run with this credential and no other."""

    source_id: Annotated[
        UUID,
        Field(title="Source", json_schema_extra={"x-ui": {"widget": "ref", "ref": "/api/etl"}}),
    ]
    credential_id: CredentialId = None


class Sources(PageQuery):
    """Which sources to list; *q* is looked for in the name."""

    q: Annotated[str, Field(max_length=200)] | None = None
    kind: Kind | None = None


class SourceView(Versioned):
    """A source."""

    name: str
    kind: Kind
    content: str
    credential_id: UUID | None
    loaded_at: datetime | None
    row_count: int


class Rows(PageQuery):
    """Which rows of a source."""


class RowView(View):
    """A row as it was read."""

    number: int
    data: dict[str, Any]  # cells of any plain kind
