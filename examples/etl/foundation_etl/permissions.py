"""The rights of this section: to read, to change sources, to load them."""

from foundation.sdk import Permission, Role

READ = Permission("etl:source:read", "See sources and rows", roles=frozenset({Role.VIEWER}))
WRITE = Permission(
    "etl:source:write", "Add, change and delete sources", roles=frozenset({Role.OPERATOR})
)
LOAD = Permission(
    "etl:source:load",
    "Load sources",
    "Runs the query of a source and replaces its rows",
    roles=frozenset({Role.OPERATOR}),
)

ALL = (READ, WRITE, LOAD)
