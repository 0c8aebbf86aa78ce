"""The rights of the credentials section; reading never shows a secret value."""

from foundation.sdk import Permission, Role

READ = Permission(
    "credentials:credential:read",
    "See credentials",
    "Names, kinds, settings and who uses them; never a secret value",
    roles=frozenset({Role.VIEWER}),
)
WRITE = Permission(
    "credentials:credential:write",
    "Create, change and delete credentials",
    "Replaces secret values without being able to read them",
    roles=frozenset({Role.OPERATOR}),
)
USE = Permission(
    "credentials:secret:use",
    "Have plugins use secret values",
    "What a plugin does for somebody, or in a run they asked for, may use what it was granted",
    roles=frozenset({Role.OPERATOR}),
)
REVEAL = Permission(
    "credentials:secret:reveal",
    "Reveal secret values",
    "Shows one value at a time, with a reason, to somebody who has just signed in",
    sensitive=True,
)
GRANT = Permission(
    "credentials:grant:manage",
    "Let plugins use credentials",
    "Decides which plugin gets the values of which credential while it works",
    sensitive=True,
)

ALL = (READ, WRITE, USE, REVEAL, GRANT)
