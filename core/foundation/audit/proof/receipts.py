"""Receipts: the ids and leaves that workers log after each commit, out of the database's reach."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foundation.audit.proof.leaf import leaf_of

RECEIPT = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}):([0-9a-f]{64})"
)
YOUNG_MS = 120_000
"""A receipt so much younger than the last leaf of an export may still have been waiting."""


def born_ms(id: str) -> int:
    """Return when a UUIDv7 was made, in milliseconds since 1970."""
    return int(id.replace("-", "")[:12], 16)


@dataclass(slots=True)
class Receipts:
    """What was promised; each leaf of an export takes its own away."""

    waiting: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    newest_ms: int = 0

    def read(self, lines: Iterable[str]) -> None:
        """Find the receipts in the *lines* of a log, whatever else stands in them."""
        for line in lines:
            self.waiting.update(RECEIPT.findall(line))

    def take(self, line: Mapping[str, Any]) -> None:
        """Compare one line of an export with what was promised of it."""
        id = str(line.get("event_id", ""))
        if line.get("kind") not in {"event", "absent"} or not id:
            return
        self.newest_ms = max(self.newest_ms, born_ms(id))
        promised = self.waiting.pop(id, None)
        if promised is None or line["kind"] == "absent":
            return
        hash = leaf_of(line["envelope"], bytes.fromhex(line["detail_hash"])).hex()
        if hash != promised:
            self.faults.append(f"event {id} has another leaf than its receipt")

    def left(self) -> list[str]:
        """Return what is wrong: other leaves, and receipts whose event never came."""
        old = [id for id in self.waiting if born_ms(id) + YOUNG_MS < self.newest_ms]
        return [*self.faults, *(f"event {id} has a receipt and no leaf" for id in sorted(old))]
