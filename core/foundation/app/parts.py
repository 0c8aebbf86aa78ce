"""What a process holds open, and what a probe and a test may ask of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foundation.audit.record import Recorder
from foundation.audit.sealer import Sealer
from foundation.audit.sinks.courier import Courier
from foundation.auth.limits import Limiter
from foundation.auth.service import Identity
from foundation.cache import Cache
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret
from foundation.crypto.ring import KeyRing
from foundation.db.engine import Database
from foundation.errors import Unavailable
from foundation.http.exchange import Application
from foundation.http.plan import Plan
from foundation.http.readiness import Watch
from foundation.live.service import Live
from foundation.plugins.registry import Registry
from foundation.ports import Part
from foundation.settings import Settings


class NotMigrated(Unavailable):
    """503: the database has no tables of this version; nothing can be served on it."""

    code, title = "not_migrated", "The database is not ready for this version"


@dataclass(frozen=True, slots=True)
class Parts:
    """What this process holds open: the pool, the cache, the vault's ring, who is who."""

    settings: Settings
    clock: Clock
    database: Database
    cache: Cache
    ring: KeyRing
    secret: AppSecret
    identity: Identity
    registry: Registry
    recorder: Recorder
    sealer: Sealer
    courier: Courier
    limiter: Limiter
    live: Live


@dataclass(frozen=True, slots=True)
class App:
    """A running Foundation: an ASGI application, and what a probe and a test may ask of it."""

    asgi: Application
    parts: Parts
    plans: tuple[Plan, ...]
    watch: Watch

    @property
    def registry(self) -> Registry:
        """Every plugin and what became of it."""
        return self.parts.registry

    def drain(self) -> None:
        """End what would go on for ever: this worker takes nothing new."""
        self.parts.live.drain()

    def readiness(self) -> tuple[Part, ...]:
        """Return how each part is, from what was last seen of it; never waits."""
        return self.watch.parts()


class Description:
    """The API's description; satisfies `foundation.ports.ApiDescription`.

    Made when somebody first asks for it: it takes a quarter of a start, and few ask.
    """

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:  # JSON
        self._made = cache(make)

    def document(self) -> Mapping[str, Any]:  # JSON
        """Return the OpenAPI document."""
        return self._made()
