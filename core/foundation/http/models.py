"""Base models of the wire: what comes in is strict and frozen, what goes out is a view."""

from datetime import datetime
from typing import Annotated, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
)
from pydantic_core import PydanticKnownError

T = TypeVar("T")


def _is_no_count(value: object) -> object:
    """Refuse a count of seconds, which pydantic would take for a time, also inside a text."""
    if isinstance(value, int | float) or (isinstance(value, str) and "-" not in value[1:]):
        raise ValueError("give a time such as 2026-05-01T12:00:00Z")
    return value


# What a validator hands on counts as Python's own, of which strict would take a datetime alone.
Moment = Annotated[AwareDatetime, Strict(strict=False), BeforeValidator(_is_no_count)]
"""A time that comes in: with its zone, and as the description says it (RFC 3339)."""


def _as_it_came(most: int) -> BeforeValidator:
    """Hold a text to its length before it is stripped, as the description says it."""

    def check(value: object) -> object:
        if isinstance(value, str) and len(value) > most:
            raise PydanticKnownError("string_too_long", {"max_length": most})
        return value

    return BeforeValidator(check)


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    _as_it_came(200),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), _as_it_came(4000)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500), _as_it_came(500)
]
"""Why somebody does a thing, kept in the audit trail."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")]


class Request(BaseModel):
    """A JSON body: unknown fields are refused, nothing is coerced, nothing changes afterwards.

    Nor is anything kept: pydantic's parser would remember each short text of a body, a password
    too, until sixteen thousand others have come.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", strict=True, cache_strings="keys"
    )


class Query(BaseModel):
    """The query string: text is parsed, unknown and repeated names are refused."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class PageQuery(Query):
    """A query for one keyset page; subclass it to add filters."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=1024)] | None = None


class View(BaseModel):
    """A JSON answer: only declared fields leave."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, from_attributes=True)


class Versioned(View):
    """A view of something that can be changed; its version is the answer's ETag."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class Page(View, Generic[T]):
    """One page of a list; *next* is the cursor of the following one, or null at the end."""

    items: list[T]
    next: str | None = None
