"""What the trail says of itself: the types of event that only core records."""

from typing import Annotated

from foundation.audit.events import Detail, EventType, Plain, Severity
from foundation.audit.vocabulary import OwaspWord


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


class Expiry(Detail):
    """Of which type, and from before when, details are gone, and how many at a time."""

    type: Annotated[str, Plain]
    before: Annotated[str, Plain]
    rows: Annotated[int, Plain]


class SetBack(Detail):
    """The leaf from which a sink is told again."""

    sink: Annotated[str, Plain]
    place: Annotated[str, Plain]


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


def _type(
    name: str, title: str, detail: type[Detail], severity: Severity, *owasp: OwaspWord
) -> EventType:
    # What they tell is needed as long as the rows: the verifier looks for it.
    return EventType(
        f"audit.{name}", title, detail, severity=severity, retention="long", owasp=owasp
    )


REJECTED = _type("row.rejected", "Altered audit row found", Rejection, "critical")
OPENED = _type("epoch.opened", "Audit tree begun anew", Opening, "critical")
ERASED = _type("detail.erased", "Personal detail erased", Erasure, "high", "sensitive_delete")
PRUNED = _type("partition.pruned", "Month of the trail pruned", Pruning, "high", "sensitive_delete")
EXPIRED = _type("detail.expired", "Details expired", Expiry, "high", "sensitive_delete")
MOVED = _type("sink.moved", "Place of a sink changed", SetBack, "high")
EXPORTED = _type("trail.exported", "Trail exported", Export, "high", "sensitive_read")

TRAIL_EVENTS = (REJECTED, OPENED, ERASED, EXPIRED, PRUNED, MOVED, EXPORTED)
