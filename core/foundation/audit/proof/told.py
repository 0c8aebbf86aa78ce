"""What the log itself tells of rows and details that are gone: erased, expired, pruned."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Told:
    """The absences that some event accounts for; *epoch* is that of the export."""

    erased: set[str] = field(default_factory=set)
    expired: dict[str, str] = field(default_factory=dict)
    pruned: list[tuple[int, int, int, int]] = field(default_factory=list)
    epoch: int = 0

    def take(self, line: Mapping[str, Any]) -> None:
        """Note what the event in *line* tells; one whose own detail is gone tells nothing."""
        envelope = line["envelope"]
        detail = (line["erasable"] or {}).get("detail")
        match envelope["type"]:
            case "audit.detail.erased":
                self.erased.add(envelope["target_id"])
            case "audit.detail.expired" if detail:
                before = max(detail["before"], self.expired.get(detail["type"], ""))
                self.expired[detail["type"]] = before
            case "audit.partition.pruned" if detail:
                names = ("epoch", "first_leaf", "last_leaf", "rows")
                epoch, first, last, rows = (detail[name] for name in names)
                self.pruned.append((epoch, first, last, rows))

    def is_pruned(self, leaf: int) -> bool:
        """Tell whether the row of *leaf* lay in a month that was pruned."""
        return any(first <= leaf <= last for first, last, _ in self._here())

    def pruned_rows(self) -> int:
        """Return of how many rows it is told that they were pruned."""
        return sum(rows for _, _, rows in self._here())

    def _here(self) -> Iterable[tuple[int, int, int]]:
        return ((a, b, rows) for epoch, a, b, rows in self.pruned if epoch == self.epoch)

    def is_expired(self, envelope: Mapping[str, Any]) -> bool:
        """Tell whether the detail of this event was over its time."""
        before = self.expired.get(envelope["type"])
        return before is not None and envelope["occurred_at"] < before


def told_in(lines: Iterable[bytes]) -> Told:
    """Return what the events in the *lines* of an export tell.

    Read before the judging, so that of a million absences none needs to be remembered; whether
    these events are genuine is judged with all the others.
    """
    found = Told()
    for raw in lines:
        if b'"audit.' not in raw:
            continue
        try:
            line = json.loads(raw)
            if isinstance(line, dict) and line.get("kind") == "event":
                found.take(line)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the judge tells of a line without the right shape
    return found
