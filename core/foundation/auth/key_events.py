"""What happens to the vault's keys, as the audit trail tells it; the section System declares it."""

from typing import Annotated

from foundation.audit.events import Detail, EventType, Plain


class KeyDetail(Detail):
    """Which key, by the name of its bytes."""

    fingerprint: Annotated[str, Plain]


class Moved(Detail):
    """How many values of a table now lie under the key, and how many did not open."""

    table: Annotated[str, Plain]
    values: Annotated[int, Plain]
    broken: Annotated[int, Plain]


CREATED = EventType(
    "system.key.created",
    "Key of the vault created",
    KeyDetail,
    severity="high",
    targets=("key",),
    owasp=("sensitive_create",),
)
ACTIVATED = EventType(
    "system.key.activated",
    "Key of the vault activated",
    KeyDetail,
    severity="high",
    targets=("key",),
    owasp=("sensitive_update",),
)
RETIRED = EventType(
    "system.key.retired",
    "Key of the vault retired",
    KeyDetail,
    severity="high",
    targets=("key",),
    owasp=("sensitive_update",),
)
REWRAPPED = EventType(
    "system.key.rewrapped", "Values moved to the active key", Moved, targets=("key",)
)
REENCRYPTED = EventType(
    "system.key.reencrypted", "Values sealed anew", Moved, severity="high", targets=("key",)
)

ALL = (CREATED, ACTIVATED, RETIRED, REWRAPPED, REENCRYPTED)
