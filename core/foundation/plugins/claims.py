"""Names that only one plugin may hold, noted while plugins load one after the other."""

from collections.abc import Collection
from dataclasses import dataclass, field

from foundation.plugins.memory import Memory
from foundation.ports import Port

CORE_PREFIXES = frozenset(
    {
        *("auth", "csp-report", "dashboard", "docs", "ext", "health", "jobs", "keys", "live"),
        *("metrics", "openapi.json", "plugins", "runs", "settings", "shell", "tokens", "users"),
    }
)
"""First parts of paths below ``/api`` that are Foundation's, now or by the design."""


@dataclass(slots=True)
class Claims:
    """What the plugins loaded so far hold, and what the ledger remembers others to have held.

    *installed* are the ids of everything installed: their names are theirs even before they load.
    Only `loader` fills it, and nobody keeps it after the start.
    """

    installed: Collection[str]
    memory: Memory
    prefixes: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    ports: dict[tuple[str, int], str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)

    def prefix_holder(self, prefix: str, *, asker: str, builtin: bool) -> str | None:
        """Return who else holds *prefix*, as words for a reason, or None if it is free."""
        if prefix in CORE_PREFIXES and not builtin:
            return "it is Foundation's own"
        holder = self.prefixes.get(prefix)
        if holder is None and prefix != asker and prefix in self.installed:
            holder = prefix
        if holder is None:
            remembered = self.memory.holder_of(prefix)
            holder = remembered if remembered in self.installed else None
        if holder is None or holder == asker:
            return None
        return f"it belongs to {holder}"

    def section_holder(self, section: str, *, asker: str) -> str | None:
        """Return the id of whoever else has *section* with a page of its own, or None."""
        holder = self.sections.get(section)
        if holder is None:
            remembered = self.memory.claims.get(("section", section))
            holder = remembered if remembered in self.installed else None
        return None if holder == asker else holder

    def port_holder(self, port: Port[object]) -> str | None:
        """Return the id of whoever offers *port* already, or None."""
        if port.name.startswith("core."):
            return "core"
        return self.ports.get((port.name, port.major))
