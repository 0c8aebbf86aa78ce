"""What this section says in the audit trail: one event for each batch."""

from foundation.sdk import Detail, EventType


class Batch(Detail):
    """How many rows came in."""

    count: int


PULLED = EventType("feed.row.pulled", "Rows pulled", Batch)
