"""The rights of the projects section."""

from foundation.sdk import Permission, Role

READ = Permission(
    "projects:project:read",
    "See projects",
    "Projects and which credentials are attached to them",
    roles=frozenset({Role.VIEWER}),
)
WRITE = Permission(
    "projects:project:write",
    "Create, change, archive and restore projects",
    roles=frozenset({Role.OPERATOR}),
)
ATTACH = Permission(
    "projects:credential:attach",
    "Attach credentials to projects",
    "And detach them; without being able to read a value",
    roles=frozenset({Role.OPERATOR}),
)

ALL = (READ, WRITE, ATTACH)
