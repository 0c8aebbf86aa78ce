"""What this section says in the audit trail; never a query's text, which may hold anything."""

from typing import Annotated

from foundation.sdk import Detail, EventType, Plain


class Changed(Detail):
    """Which properties were changed."""

    changed: Annotated[tuple[str, ...], Plain]


class Loaded(Detail):
    """How many rows there were before, and how many there are now."""

    before: Annotated[int, Plain]
    rows: Annotated[int, Plain]


ADDED = EventType("etl.source.added", "Source added", targets=("source",))
CHANGED = EventType("etl.source.changed", "Source changed", Changed, targets=("source",))
DELETED = EventType("etl.source.deleted", "Source deleted", targets=("source",))
LOADED = EventType("etl.source.loaded", "Source loaded", Loaded, targets=("source",))

ALL = (ADDED, CHANGED, DELETED, LOADED)
