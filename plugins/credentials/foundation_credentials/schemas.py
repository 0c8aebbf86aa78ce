"""What the credentials section takes and answers; only `Revealed` brings a value out."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from foundation.sdk import Name, PageQuery, Request, Secret, Slug, Text, Versioned, View
from foundation_credentials.kinds import FieldName, KindName

MOST_FIELDS = 50


class NewCredential(Request):
    """A credential with all its values."""

    slug: Slug
    name: Name
    kind: KindName
    description: Text = ""
    values: Annotated[dict[FieldName, Secret], Field(max_length=MOST_FIELDS)]
    allow_mask_like: bool = False


class CredentialChange(Request):
    """What may change without touching a value; an absent field is kept."""

    name: Name | None = None
    description: Text | None = None


class ValuesChange(Request):
    """Another set of values: an absent field is kept, null clears it, a string replaces it."""

    values: Annotated[dict[FieldName, Secret | None], Field(min_length=1, max_length=MOST_FIELDS)]
    allow_mask_like: bool = False


class Reveal(Request):
    """Which value to show, and why; the reason is kept in the audit trail."""

    field: FieldName
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class Credentials(PageQuery):
    """Which credentials to list: *q* is looked for in name and slug."""

    q: Annotated[str, Field(max_length=200)] | None = None
    kind: KindName | None = None


class FieldView(View):
    """What may be known of a field: that it is set and since when; the value of a plain one."""

    set: bool
    secret: bool
    value: str | None = None
    version: int | None = None
    updated_at: datetime | None = None


class UseView(View):
    """Who uses a credential."""

    plugin: str
    ref: UUID
    title: str


class CredentialView(Versioned):
    """A credential as a list or a detail shows it: no secret value, no trace of its length."""

    slug: str
    name: str
    kind: str
    description: str
    fields: dict[str, FieldView]
    used_by: list[UseView]


class KindView(View):
    """A kind and the form of its values."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    kind: KindName
    title: str
    form: Annotated[dict[str, Any], Field(alias="schema")]  # a JSON Schema


class Kinds(View):
    """All kinds."""

    items: list[KindView]


class Revealed(View):
    """One value, on its way to the one who asked."""

    value: Annotated[str, Field(repr=False)]
