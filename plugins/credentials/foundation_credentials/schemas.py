"""What the credentials section takes and answers; only `Revealed` brings a value out."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from foundation.sdk import Name, PageQuery, Reason, Request, Secret, Slug, Text, Versioned, View
from foundation_credentials.kinds import FieldName

MOST_FIELDS = 50

KIND = r"^[a-z][a-z0-9_]{0,19}(\.[a-z][a-z0-9_]{0,39})?$"
KindText = Annotated[str, StringConstraints(pattern=KIND)]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,39}$")]
Tags = Annotated[list[Tag], Field(max_length=20)]
Result = Literal[
    "ok",
    "refused",
    "unreachable",
    "timeout",
    "insecure",
    "not_allowed",
    "failed",
    "untested",
    "driver_missing",
]
RevealPolicy = Literal["allowed", "never"]
Days = Annotated[int, Field(ge=1, le=3660)]
Values = Annotated[dict[FieldName, Secret], Field(max_length=MOST_FIELDS)]


class NewCredential(Request):
    """A credential with all its values."""

    slug: Slug
    name: Name
    kind: KindText
    description: Text = ""
    values: Values
    allow_mask_like: bool = False
    tags: Annotated[Tags, Field(default_factory=list)]
    notes: Text = ""
    reveal: RevealPolicy = "allowed"
    expires_at: AwareDatetime | None = None
    block_expired: bool = False
    rotate_every: Days | None = None


class CredentialChange(Request):
    """What may change without touching a value; an absent field is kept, null clears.

    *values* may come along: see `ValuesChange`. *reveal* may become ``never``; back to
    ``allowed`` needs the values anew.
    """

    name: Name | None = None
    description: Text | None = None
    tags: Tags | None = None
    notes: Text | None = None
    reveal: RevealPolicy | None = None
    expires_at: AwareDatetime | None = None
    block_expired: bool | None = None
    rotate_every: Days | None = None
    values: (
        Annotated[dict[FieldName, Secret | None], Field(min_length=1, max_length=MOST_FIELDS)]
        | None
    ) = None
    allow_mask_like: bool = False


class ValuesChange(Request):
    """Another set of values: an absent field is kept, null clears it, a string replaces it."""

    values: Annotated[dict[FieldName, Secret | None], Field(min_length=1, max_length=MOST_FIELDS)]
    allow_mask_like: bool = False


class Reveal(Request):
    """Which value to show, and why; the reason is kept in the audit trail."""

    field: FieldName
    reason: Reason


class Credentials(PageQuery):
    """Which credentials to list: *q* is looked for in name and slug.

    *show* expiring lists those that expire or want rotating within 30 days, overdue those that
    did or should have; broken, those with a value that does not open; deleted, those that can
    still be brought back.
    """

    q: Annotated[str, Field(max_length=200)] | None = None
    kind: KindText | None = None
    tag: Tag | None = None
    show: Literal["present", "expiring", "overdue", "broken", "deleted"] = "present"


class FieldView(View):
    """What may be known of a field: that it is set and since when; the value of a plain one."""

    set: bool
    secret: bool
    value: str | None = None
    broken: bool = False
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
    granted: list[str]
    values_version: int
    tags: list[str]
    notes: str
    reveal: str
    expires_at: datetime | None
    block_expired: bool
    rotate_every: int | None
    rotate_by: datetime | None
    due: Literal["expired", "expiring", "rotate", "rotate_soon"] | None
    deleted_at: datetime | None
    kept_until: datetime | None


class KindView(View):
    """A kind and the form of its values."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    kind: KindText
    title: str
    form: Annotated[dict[str, Any], Field(alias="schema")]  # a JSON Schema


class Kinds(View):
    """All kinds."""

    items: list[KindView]


class Revealed(View):
    """One value, on its way to the one who asked."""

    value: Annotated[str, Field(repr=False)]


class VersionView(View):
    """One set of values: when and by whom it was made, and whether it holds."""

    version: int
    made_at: datetime
    made_by: str
    restored_from: int | None
    fields: list[str]
    holds: bool


class Versions(View):
    """The sets of values that are kept, newest first."""

    items: list[VersionView]


class Restore(Request):
    """Which version to bring back, as a new one."""

    version: Annotated[int, Field(ge=1)]


class NewGrant(Request):
    """The plugin that may use the values from now on."""

    plugin: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,19}$")]


class GrantView(View):
    """A plugin that may use the values, since when, and who confirmed it."""

    plugin: str
    granted_at: datetime
    granted_by: str


class Grants(View):
    """Every plugin that may use the values."""

    items: list[GrantView]


class Trial(Request):
    """Values to test before they are saved."""

    kind: KindText
    values: Values


class TestResult(View):
    """What came of a test: one word of a closed list, never the remote's own.

    *mend* is the command that helps, where one does.
    """

    result: Result
    milliseconds: int
    mend: str = ""


class Export(Request):
    """Which credentials to put into a bundle, and the passphrase it opens with."""

    slugs: Annotated[list[Slug], Field(min_length=1, max_length=200)]
    passphrase: Secret
    reason: Reason


class Bundle(View):
    """A sealed bundle, as text."""

    bundle: str


class Import(Request):
    """What to bring in: a bundle, the text of a ``.env`` file, or Airflow connections as JSON.

    A ``.env`` file becomes one credential of names and values, called *slug*.
    """

    form: Literal["bundle", "env", "airflow"]
    content: Secret
    passphrase: Secret | None = None
    slug: Slug | None = None


class Imported(View):
    """What came in, and which slugs were left out because they are taken."""

    created: list[str]
    taken: list[str]
