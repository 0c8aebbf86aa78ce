"""What the credentials section says in the audit trail; never a value, only names of fields."""

from typing import Annotated

from foundation.sdk import Detail, EventType, Plain

Names = Annotated[tuple[str, ...], Plain]


class Written(Detail):
    """Which kind of credential, and which of its fields have a value."""

    slug: Annotated[str, Plain]
    kind: Annotated[str, Plain]
    fields: Names


class Changed(Detail):
    """Which properties were changed."""

    changed: Names


class Replaced(Detail):
    """Which fields got another value, which lost theirs, and the version they make."""

    replaced: Names
    cleared: Names
    values_version: Annotated[int, Plain]


class Shown(Detail):
    """Which field was shown; the reason is the event's own."""

    field: Annotated[str, Plain]


CREATED = EventType(
    "credentials.credential.created", "Credential created", Written, targets=("credential",)
)
UPDATED = EventType(
    "credentials.credential.updated", "Credential changed", Changed, targets=("credential",)
)
DELETED = EventType(
    "credentials.credential.deleted",
    "Credential deleted",
    Written,
    severity="high",
    targets=("credential",),
)
REPLACED = EventType(
    "credentials.secret.replaced",
    "Secret values replaced",
    Replaced,
    severity="high",
    targets=("credential",),
)
REVEALED = EventType(
    "credentials.secret.revealed",
    "Secret value revealed",
    Shown,
    severity="high",
    targets=("credential",),
)

ALL = (CREATED, UPDATED, DELETED, REPLACED, REVEALED)
