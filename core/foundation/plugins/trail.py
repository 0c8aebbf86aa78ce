"""What the platform itself says of plugins in the audit trail, whoever made it happen."""

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import __version__, ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Detail, Event, EventType, Target
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock

PLATFORM = Actor("system", name="foundation")


class Found(Detail):
    """Where a plugin came from when it was first seen."""

    dist: str
    version: str


class Switched(Detail):
    """Which distribution was switched, and by which command."""

    dist: str
    command: str


class Purged(Detail):
    """What was dropped, as counts."""

    tables: int
    rows: int
    claims: int


class PutAway(Detail):
    """Which part is kept from running."""

    part: str


discovered = EventType("core.plugin.discovered", "Plugin seen for the first time", Found)
enabled = EventType("core.plugin.enabled", "Plugin switched on", Switched, severity="high")
disabled = EventType("core.plugin.disabled", "Plugin switched off", Switched, severity="high")
purged = EventType("core.plugin.purged", "Plugin's data deleted", Purged, severity="critical")
allowed = EventType(
    "core.plugin.allowed", "Known-bad version allowed all the same", Found, severity="high"
)
quarantined = EventType(
    "core.plugin.quarantined", "Part of a plugin put in quarantine", PutAway, severity="high"
)
rearmed = EventType("core.plugin.rearmed", "Part of a plugin taken out of quarantine", PutAway)

CORE_EVENTS = (discovered, enabled, disabled, purged, allowed, quarantined, rearmed)
"""Every type of event of the platform; `foundation.plugins.registry` declares them."""


def target(id: str, title: str = "") -> Target:
    """Return the plugin *id* as what an event is about."""
    return Target("plugin", id, title or id)


def record(db: AsyncSession, event: Event, *, actor: Actor = PLATFORM) -> None:
    """Record *event* in the transaction of *db*, outside any request."""
    recorder = Recorder(declared(CORE_EVENTS), SystemClock(), __version__)
    recorder.record(db, event, Source(actor, "core", str(ids.uuid7())))


def operator(name: str) -> Actor:
    """Return whoever typed a command on this machine, by the name of their account."""
    return Actor("system", name=f"cli:{name}")
