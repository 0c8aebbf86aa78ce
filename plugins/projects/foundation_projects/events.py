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


CREATED = EventType("projects.project.created", "Project created", Created, targets=("project",))
UPDATED = EventType("projects.project.updated", "Project changed", Changed, targets=("project",))
ARCHIVED = EventType("projects.project.archived", "Project archived", targets=("project",))
RESTORED = EventType("projects.project.restored", "Project restored", targets=("project",))
ATTACHED = EventType(
    "projects.credential.attached",
    "Credential attached to a project",
    Attachment,
    targets=("project",),
)
DETACHED = EventType(
    "projects.credential.detached",
    "Credential detached from a project",
    Attachment,
    targets=("project",),
)

ALL = (CREATED, UPDATED, ARCHIVED, RESTORED, ATTACHED, DETACHED)
