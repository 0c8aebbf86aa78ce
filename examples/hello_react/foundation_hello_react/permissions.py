"""The right of this section."""

from foundation.sdk import Permission, Role

READ = Permission("hello_react:greeting:read", "Be greeted", roles=frozenset({Role.VIEWER}))
