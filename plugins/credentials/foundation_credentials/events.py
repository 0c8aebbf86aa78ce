"""What the credentials section says in the audit trail; never a value, only names of fields."""

from typing import Annotated

from foundation.sdk import Detail, EventType, OwaspWord, Plain

Names = Annotated[tuple[str, ...], Plain]
TARGETS = ("credential",)


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


class Restored(Detail):
    """From which version the values were taken, and the version they make."""

    restored_from: Annotated[int, Plain]
    values_version: Annotated[int, Plain]


class Shown(Detail):
    """Which field was shown; the reason is the event's own."""

    field: Annotated[str, Plain]


class Used(Detail):
    """Which plugin got which fields, and what it said it wants them for."""

    plugin: Annotated[str, Plain]
    purpose: Annotated[str, Plain]
    fields: Names


class Failed(Detail):
    """Which value does not open."""

    field: Annotated[str, Plain]
    values_version: Annotated[int, Plain]


class Granted(Detail):
    """Which plugin."""

    plugin: Annotated[str, Plain]


class Tested(Detail):
    """What came of a test, as a word of a closed list."""

    kind: Annotated[str, Plain]
    result: Annotated[str, Plain]


class Due(Detail):
    """What is near: the last day or the rotation; at most so many days are left."""

    what: Annotated[str, Plain]
    days: Annotated[int, Plain]


class Moved(Detail):
    """How many credentials went out or came in, and in which form."""

    form: Annotated[str, Plain]
    slugs: Names


def _type(
    name: str,
    title: str,
    detail: type[Detail],
    *owasp: OwaspWord,
    high: bool = False,
    sync: bool = False,
) -> EventType:
    return EventType(
        f"credentials.{name}",
        title,
        detail,
        severity="high" if high else "normal",
        targets=TARGETS,
        sync=sync,
        owasp=owasp,
    )


CREATED = _type("credential.created", "Credential created", Written, "sensitive_create")
UPDATED = _type("credential.updated", "Credential changed", Changed, "sensitive_update")
DELETED = _type("credential.deleted", "Credential deleted", Written, "sensitive_delete", high=True)
UNDELETED = _type(
    "credential.undeleted", "Credential brought back", Written, "sensitive_update", high=True
)
SHREDDED = _type(
    "credential.shredded", "Credential destroyed", Written, "sensitive_delete", high=True
)
REPLACED = _type(
    "secret.replaced", "Secret values replaced", Replaced, "sensitive_update", high=True
)
RESTORED = _type(
    "secret.restored", "Older values restored", Restored, "sensitive_update", high=True
)
REVEALED = _type(
    "secret.revealed", "Secret value revealed", Shown, "sensitive_read", high=True, sync=True
)
USED = _type("secret.used", "Secret values used", Used, "sensitive_read")
OPEN_FAILED = _type(
    "secret.open_failed", "A secret value does not open", Failed, "crypt_decrypt_fail", high=True
)
GRANTED = _type(
    "grant.given", "Use granted to a plugin", Granted, "privilege_permissions_changed", high=True
)
REVOKED = _type(
    "grant.taken", "Use taken from a plugin", Granted, "privilege_permissions_changed", high=True
)
TESTED = _type("credential.tested", "Connection tested", Tested)
DUE = _type("credential.due", "Credential near its day", Due)
EXPORTED = _type("bundle.exported", "Credentials exported", Moved, "sensitive_read", high=True)
IMPORTED = _type("bundle.imported", "Credentials imported", Moved, "sensitive_create", high=True)

ALL = (
    CREATED, UPDATED, DELETED, UNDELETED, SHREDDED, REPLACED, RESTORED, REVEALED, USED,
    OPEN_FAILED, GRANTED, REVOKED, TESTED, DUE, EXPORTED, IMPORTED,
)  # fmt: skip
