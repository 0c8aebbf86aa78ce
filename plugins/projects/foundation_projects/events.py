"""What the projects section says in the audit trail."""

from typing import Annotated

from foundation.sdk import Detail, EventType, Plain


class Created(Detail):
    """The new project's slug."""

    slug: Annotated[str, Plain]


class Changed(Detail):
    """Which properties were changed."""

    changed: Annotated[tuple[str, ...], Plain]


class Attachment(Detail):
    """Which credential, by id and by its slug at the time."""

    credential_id: Annotated[str, Plain]
    credential_slug: Annotated[str, Plain]


class Membership(Detail):
    """Who, and as what: *before* is empty for somebody new, *after* for somebody who left."""

    user_id: Annotated[str, Plain]
    user_name: Annotated[str, Plain]
    before: Annotated[str, Plain] = ""
    after: Annotated[str, Plain] = ""


class OwnerChange(Detail):
    """Who answered for the project before, and who does now, by id; empty is nobody."""

    before: Annotated[str, Plain]
    after: Annotated[str, Plain]
    after_name: Annotated[str, Plain]


class Purged(Detail):
    """What went with a project: how many members, and which credentials it let go."""

    slug: Annotated[str, Plain]
    members: Annotated[int, Plain]
    credentials: Annotated[tuple[str, ...], Plain]


ABOUT = ("project",)

CREATED = EventType("projects.project.created", "Project created", Created, targets=ABOUT)
UPDATED = EventType("projects.project.updated", "Project changed", Changed, targets=ABOUT)
ARCHIVED = EventType("projects.project.archived", "Project archived", targets=ABOUT)
RESTORED = EventType("projects.project.restored", "Project restored", targets=ABOUT)
PURGED = EventType(
    "projects.project.purged", "Project purged", Purged, severity="high", targets=ABOUT
)
OWNED = EventType(
    "projects.owner.changed",
    "Owner of a project changed",
    OwnerChange,
    targets=ABOUT,
    owasp=("privilege_permissions_changed",),
)
JOINED = EventType(
    "projects.member.added",
    "Member added to a project",
    Membership,
    targets=ABOUT,
    owasp=("privilege_permissions_changed",),
)
CHANGED = EventType(
    "projects.member.changed",
    "Role in a project changed",
    Membership,
    targets=ABOUT,
    owasp=("privilege_permissions_changed",),
)
LEFT = EventType(
    "projects.member.removed",
    "Member removed from a project",
    Membership,
    targets=ABOUT,
    owasp=("privilege_permissions_changed",),
)
ATTACHED = EventType(
    "projects.credential.attached", "Credential attached to a project", Attachment, targets=ABOUT
)
DETACHED = EventType(
    "projects.credential.detached", "Credential detached from a project", Attachment, targets=ABOUT
)

ALL = (
    *(CREATED, UPDATED, ARCHIVED, RESTORED, PURGED, OWNED),
    *(JOINED, CHANGED, LEFT, ATTACHED, DETACHED),
)
