"""What this section itself does, beside what the trail says of itself."""

from typing import Annotated

from foundation.sdk import Detail, EventType, Plain


class Kept(Detail):
    """What is looked for by it: each filter of the page with its value."""

    query: Annotated[dict[str, str], Plain]


SAVED = EventType("audit.filter.saved", "Filters saved", Kept, targets=("filter",), severity="low")
FORGOTTEN = EventType(
    "audit.filter.forgotten", "Filters forgotten", targets=("filter",), severity="low"
)

ALL = (SAVED, FORGOTTEN)
