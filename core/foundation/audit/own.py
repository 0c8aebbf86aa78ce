"""What the trail says of itself: the types of event that only core records."""

from typing import Annotated

from foundation.audit.events import Detail, EventType, Plain, Severity


class Rejection(Detail):
    """Which row, and what is wrong with it."""

    event_id: Annotated[str, Plain]
    fault: Annotated[str, Plain]


class Opening(Detail):
    """Why the tree begins anew, and the SHA-256 of the last note of the one before."""

    epoch: Annotated[int, Plain]
    why: Annotated[str, Plain]
    former_note: Annotated[str, Plain]


class Erasure(Detail):
    """Why what may name a person was taken out of an event."""

    why: Annotated[str, Plain]


class Pruning(Detail):
    """Which leaves lost their rows, how many rows there were, and the SHA-256 of their archive."""

    month: Annotated[str, Plain]
    epoch: Annotated[int, Plain]
    first_leaf: Annotated[int, Plain]
    last_leaf: Annotated[int, Plain]
    rows: Annotated[int, Plain]
    sha256: Annotated[str, Plain]


class Export(Detail):
    """What was taken out of the trail, and in which form."""

    form: Annotated[str, Plain]
    filters: Annotated[dict[str, str], Plain]


def _type(name: str, title: str, detail: type[Detail], severity: Severity) -> EventType:
    return EventType(f"audit.{name}", title, detail, severity=severity)


REJECTED = _type("row.rejected", "Altered audit row found", Rejection, "critical")
OPENED = _type("epoch.opened", "Audit tree begun anew", Opening, "critical")
ERASED = _type("detail.erased", "Personal detail erased", Erasure, "high")
PRUNED = _type("partition.pruned", "Month of the trail pruned", Pruning, "high")
EXPORTED = _type("trail.exported", "Trail exported", Export, "high")

TRAIL_EVENTS = (REJECTED, OPENED, ERASED, PRUNED, EXPORTED)
