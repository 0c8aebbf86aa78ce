"""The rights of this section: one to read, one to write."""

from foundation.sdk import Permission, Role

READ = Permission("hello:note:read", "Read notes", roles=frozenset({Role.VIEWER}))
WRITE = Permission("hello:note:write", "Write and delete notes", roles=frozenset({Role.OPERATOR}))
