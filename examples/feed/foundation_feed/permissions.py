"""The rights of this section: one to read, one to pull."""

from foundation.sdk import Permission, Role

READ = Permission("feed:row:read", "Read rows", roles=frozenset({Role.VIEWER}))
PULL = Permission("feed:row:pull", "Pull rows", roles=frozenset({Role.OPERATOR}))
