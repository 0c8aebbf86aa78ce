"""The rights of the projects section: over one's own projects, and over every one.

What somebody may do in a project is the most of their role there and of a right over every
project; `foundation_projects.service.access` decides.
"""

from foundation.sdk import Permission, Role

ENTER = Permission(
    "projects:own:read",
    "See one's own projects",
    "The projects one is a member of, and nothing of the others",
    roles=frozenset({Role.VIEWER}),
)
TAKE_PART = Permission(
    "projects:own:write",
    "Work in one's own projects",
    "As far as one's role in each of them goes",
    roles=frozenset({Role.VIEWER}),
    implies=(ENTER.name,),
)
READ = Permission(
    "projects:project:read",
    "See every project",
    "Every project, its members, and which credentials are attached to it",
    roles=frozenset({Role.VIEWER}),
    implies=(ENTER.name,),
)
WRITE = Permission(
    "projects:project:write",
    "Create projects; change, archive and restore every one",
    roles=frozenset({Role.OPERATOR}),
    implies=(READ.name, TAKE_PART.name),
)
ATTACH = Permission(
    "projects:credential:attach",
    "Attach credentials to every project",
    "And detach them; without being able to read a value",
    roles=frozenset({Role.OPERATOR}),
    implies=(READ.name, TAKE_PART.name),
)
MANAGE = Permission(
    "projects:project:manage",
    "Manage every project",
    "As an owner does: members, the owner, and purging what is archived",
    implies=(WRITE.name, ATTACH.name),
)

ALL = (ENTER, TAKE_PART, READ, WRITE, ATTACH, MANAGE)
