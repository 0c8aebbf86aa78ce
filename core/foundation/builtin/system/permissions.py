"""The rights of core's own sections."""

from foundation.auth.permissions import Permission, Role
from foundation.plugins.sections import READ_PLUGINS

READ = Permission(
    READ_PLUGINS,
    "See plugins",
    "See which plugins are installed, their state, and why one does not work",
    roles=frozenset({Role.OPERATOR}),
)
REARM = Permission(
    "system:plugin:rearm",
    "Put plugins back to work",
    "Take what failed too often out of quarantine before its time",
    roles=frozenset({Role.OPERATOR}),
)
READ_KEYS = Permission(
    "system:key:read",
    "See the vault's keys",
    "See which keys there are, by fingerprint, and which processes have them; never a key",
)
