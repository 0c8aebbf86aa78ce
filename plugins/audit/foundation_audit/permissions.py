"""The right of the audit section."""

from foundation.sdk import Permission, Role

READ = Permission(
    "audit:event:read",
    "Read the audit trail",
    "Who did what, to what, when and from which request; never a secret value",
    roles=frozenset({Role.OPERATOR}),
)
