"""The rights of the audit section."""

from foundation.sdk import Permission, Role

READ = Permission(
    "audit:event:read",
    "Read the audit trail",
    "Who did what, to what, when and from which request; never a secret value",
    roles=frozenset({Role.OPERATOR}),
)

EXPORT = Permission(
    "audit:trail:export",
    "Export the audit trail",
    "Take what the trail holds out of Foundation, with proofs; each time is an event itself",
)
