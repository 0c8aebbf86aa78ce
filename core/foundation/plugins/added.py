"""What one plugin adds: the answers of its hooks, after every check."""

from dataclasses import dataclass, field

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.http.router import Router
from foundation.plugins.contributions import (
    Command,
    HealthCheck,
    Job,
    Lifespan,
    NavEntry,
    Services,
    Subscription,
    Tables,
    Widget,
)
from foundation.plugins.preflight import Bundle
from foundation.plugins.resource import Resource
from foundation.plugins.settings import PluginSettings


@dataclass(frozen=True, slots=True)
class Contributions:
    """All that one plugin adds, as its hooks gave it and the checks passed it."""

    permissions: tuple[Permission, ...] = ()
    settings: PluginSettings | None = None
    tables: Tables | None = None
    routers: tuple[Router, ...] = ()
    events: tuple[EventType, ...] = ()
    navigation: tuple[NavEntry, ...] = ()
    resources: tuple[Resource, ...] = ()
    bundle: Bundle | None = None
    services: Services = field(default_factory=Services)
    jobs: tuple[Job, ...] = ()
    health_checks: tuple[HealthCheck, ...] = ()
    widgets: tuple[Widget, ...] = ()
    commands: tuple[Command, ...] = ()
    lifespan: Lifespan | None = None
    subscriptions: tuple[Subscription, ...] = ()

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes of its routers, in their order."""
        return tuple(router.prefix for router in self.routers)
