"""The context of one request: everything a handler may use, in one small frozen object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.typing import FilteringBoundLogger

from foundation.audit.events import Event
from foundation.auth.principal import Principal
from foundation.clock import Clock
from foundation.crypto.ring import SubRing
from foundation.ports import Port

T = TypeVar("T")
S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Caller:
    """What the edge knows of the client: its address, its browser, its cookies."""

    address: str
    user_agent: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


class Services(Protocol):
    """Finds what plugins offer and how they are set up; built once at start."""

    def get(self, ctx: "Context", port: Port[T]) -> T:
        """Return what is offered for *port*; raises `Unavailable` when nobody started offers it."""

    def find(self, ctx: "Context", port: Port[T]) -> T | None:
        """Return what is offered for *port*, or None."""

    def settings(self, plugin: str, model: type[S]) -> S:
        """Return the settings of *plugin*, which declared *model*."""

    def keyring(self, plugin: str) -> SubRing:
        """Return the sub-ring under which *plugin* seals."""


@dataclass(frozen=True, slots=True)
class Context:
    """One request, or one piece of work done for somebody.

    *db* is inside the request's transaction on a route that writes, and in autocommit on one
    that reads; nobody but the edge commits. *plugin* is the id of whoever's code is running,
    *asked_by* of the plugin that asked it through a port.
    """

    request_id: str
    principal: Principal
    plugin: str
    db: AsyncSession
    clock: Clock
    log: FilteringBoundLogger
    caller: Caller
    services: Services
    recorder: Callable[["Context", Event], None]
    asked_by: str = ""

    def record(self, event: Event) -> None:
        """Say what happened: the audit row rides in this request's transaction.

        Raises `ValueError` for an undeclared type and on a route that only reads.
        """
        self.recorder(self, event)

    def get(self, port: Port[T]) -> T:
        """Return what another plugin offers for *port*; raises `Unavailable` when it is away."""
        return self.services.get(self, port)

    def find(self, port: Port[T]) -> T | None:
        """Return what another plugin offers for *port*, or None."""
        return self.services.find(self, port)

    def settings(self, model: type[S]) -> S:
        """Return this plugin's settings."""
        return self.services.settings(self.plugin, model)

    @property
    def keyring(self) -> SubRing:
        """The ring under which this plugin seals; no other plugin's ring opens it."""
        return self.services.keyring(self.plugin)

    def acting_as(self, plugin: str) -> "Context":
        """Return this context for code of *plugin*: its lines, events and keys carry that id."""
        return replace(self, plugin=plugin, asked_by=self.plugin, log=self.log.bind(plugin=plugin))
