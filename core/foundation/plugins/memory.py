"""What the ledger remembers from earlier starts, as plain data that loading can use.

Loading works without it (``foundation plugin list`` needs no database); with it, a newcomer
cannot take another plugin's prefix, and a broken plugin keeps its place in the sidebar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class SectionSnapshot(BaseModel):
    """A section as a plugin last showed it.

    *permission* is empty when anybody signed in may see it; *roles* are those that held it,
    because a plugin that does not load declares nothing and so nobody holds its permission.
    """

    model_config = ConfigDict(frozen=True)

    section: str
    title: str
    icon: str
    group: str
    weight: int
    permission: str = ""
    roles: tuple[str, ...] = ()
    placeholder: bool = False


class Snapshot(BaseModel):
    """What a plugin added when it last started."""

    model_config = ConfigDict(frozen=True)

    sections: tuple[SectionSnapshot, ...] = ()
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """One plugin's row of the ledger."""

    id: str
    dist: str
    version: str
    title: str
    state: str
    snapshot: Snapshot
    first_seen_at: datetime
    changed_at: datetime
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Memory:
    """The ledger's rows by plugin id, who holds which name, and each event's detail as noted.

    *claims* are by kind and name; *details* are JSON Schemas by an event's name and version.
    """

    rows: Mapping[str, Remembered] = field(default_factory=dict)
    claims: Mapping[tuple[str, str], str] = field(default_factory=dict)
    details: Mapping[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)  # JSON

    def is_switched_off(self, id: str) -> bool:
        """Tell whether ``foundation plugin disable`` was the last word on this plugin."""
        row = self.rows.get(id)
        return row is not None and not row.enabled

    def owner_of(self, id: str) -> str | None:
        """Return the distribution that had this id first, or None."""
        row = self.rows.get(id)
        return row.dist if row else None

    def prefixes_of(self, id: str) -> tuple[str, ...]:
        """Return the prefixes this plugin last had."""
        row = self.rows.get(id)
        return row.snapshot.prefixes if row else ()

    def sections_of(self, id: str) -> tuple[SectionSnapshot, ...]:
        """Return the sections this plugin last showed."""
        row = self.rows.get(id)
        return row.snapshot.sections if row else ()

    def since(self, id: str, state: str) -> str:
        """Return when this plugin came into *state*, as ISO 8601; empty if it was not in it."""
        row = self.rows.get(id)
        return row.changed_at.isoformat() if row and row.state == state else ""

    def holder_of(self, prefix: str) -> str | None:
        """Return the id of the plugin that last had this prefix, or None."""
        claimed = self.claims.get(("prefix", prefix))
        return claimed or next(
            (id for id, row in self.rows.items() if prefix in row.snapshot.prefixes),
            None,
        )


NO_MEMORY = Memory()
