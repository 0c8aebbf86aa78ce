"""The rights over people."""

from foundation.auth.permissions import Permission

READ = Permission(
    "accounts:user:read", "See users", "See who can sign in, their role, and when they were here"
)
WRITE = Permission(
    "accounts:user:write",
    "Manage users",
    "Give roles and let people in or out",
    sensitive=True,
    implies=(READ.name,),
)

ROLES = Permission(
    "accounts:role:manage",
    "Manage roles",
    "Make roles of one's own, and change what they may do",
    sensitive=True,
    implies=(READ.name,),
)

ALL = (READ, WRITE, ROLES)
