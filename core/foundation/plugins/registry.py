"""The registry: every plugin found at start, what became of it, and what the started ones add.

It is frozen. A later step of the start (the fit with the database, a lifespan that fails) makes a
new one with other states; nothing changes once requests are served.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from packaging.requirements import Requirement
from sqlalchemy import Table

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.auth.proposals import Proposal, proposals_of, unproposed
from foundation.db.migrate import Owner
from foundation.http.router import Router
from foundation.live.topics import Known as KnownTopics
from foundation.live.topics import Topic, known_topics
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import HealthCheck, Manifest, Offer, Subscription, Widget
from foundation.plugins.memory import NO_MEMORY, Memory, Remembered
from foundation.plugins.preflight import Bundle
from foundation.plugins.resource import Resource
from foundation.plugins.settings import PluginSettings
from foundation.plugins.trail import CORE_EVENTS
from foundation.ports import CredentialKind, Port
from foundation.runs.job import Known


class State(StrEnum):
    """What became of a plugin (plugins.md, section 3)."""

    STARTED = "started"
    DISABLED = "disabled"
    INCOMPATIBLE = "incompatible"
    MISSING_DEPENDENCY = "missing_dependency"
    IMPORT_ERROR = "import_error"
    INVALID = "invalid"
    NEEDS_MIGRATION = "needs_migration"
    FAILED = "failed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a started plugin that is not used, and why."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """One plugin and what became of it.

    *mend* is the command that helps; *trace* is for people who may read plugins, never for a
    card; *contributions* are empty unless all hooks answered well.
    """

    id: str
    dist: str
    version: str
    state: State
    title: str = ""
    module: str = ""
    builtin: bool = False
    manifest: Manifest | None = None
    reason: str = ""
    mend: str = ""
    trace: str = ""
    start_ms: float = 0.0
    contributions: Contributions = field(default_factory=Contributions)
    refused: tuple[Refusal, ...] = ()
    allowed: str = ""
    """Why this version is known bad, when the settings have it loaded all the same."""

    @property
    def is_started(self) -> bool:
        """Whether its contributions are in use."""
        return self.state is State.STARTED

    @property
    def is_fault(self) -> bool:
        """Whether it ought to have started and did not."""
        return self.state not in {State.STARTED, State.DISABLED}


def required_ids(manifest: Manifest | None) -> tuple[str, ...]:
    """Return the ids that *manifest* requires, without their version ranges."""
    return tuple(Requirement(text).name for text in manifest.requires) if manifest else ()


@dataclass(frozen=True, slots=True)
class Registry:
    """Every plugin in load order, core's own first, and indexes over the started ones.

    It satisfies `foundation.ports.Catalogue`.
    """

    plugins: tuple[Loaded, ...]
    memory: Memory = NO_MEMORY

    @property
    def started(self) -> tuple[Loaded, ...]:
        """The plugins whose contributions are in use."""
        return tuple(plugin for plugin in self.plugins if plugin.is_started)

    @property
    def faults(self) -> tuple[Loaded, ...]:
        """The plugins that ought to have started and did not."""
        return tuple(plugin for plugin in self.plugins if plugin.is_fault)

    @property
    def gone(self) -> tuple[Remembered, ...]:
        """The plugins that were here at an earlier start and are not installed any more."""
        present = {plugin.id for plugin in self.plugins}
        rows = sorted(self.memory.rows.items())
        return tuple(row for id, row in rows if id not in present)

    def find(self, id: str) -> Loaded | None:
        """Return the plugin of this id, or None."""
        return next((plugin for plugin in self.plugins if plugin.id == id), None)

    @property
    def routers(self) -> tuple[tuple[str, Router], ...]:
        """Each router with the id of its plugin."""
        return tuple((p.id, router) for p in self.started for router in p.contributions.routers)

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """Every declared permission."""
        return tuple(right for p in self.started for right in p.contributions.permissions)

    @property
    def proposals(self) -> list[Proposal]:
        """What the plugins that are not core's own propose for the built-in roles."""
        return proposals_of(self._rights(builtin=False))

    def in_effect(self, *, confirmed: bool) -> tuple[Permission, ...]:
        """Return every permission; with *confirmed*, nobody holds one because a plugin says so."""
        theirs = self._rights(builtin=False)
        return self._rights(builtin=True) + (unproposed(theirs) if confirmed else theirs)

    def _rights(self, *, builtin: bool) -> tuple[Permission, ...]:
        plugins = (p for p in self.started if p.builtin is builtin)
        return tuple(right for p in plugins for right in p.contributions.permissions)

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each started plugin by its id."""
        return {p.id: p.title for p in self.started}

    @property
    def events(self) -> tuple[EventType, ...]:
        """Every declared type of audit event, the platform's own first."""
        declared = (event for p in self.started for event in p.contributions.events)
        return (*CORE_EVENTS, *declared)

    @property
    def credential_kinds(self) -> tuple[CredentialKind, ...]:
        """Every kind of credential that a started plugin adds, under a name of its own."""
        return tuple(
            kind
            for p in self.started
            for kind in p.contributions.services.kinds
            if kind.id.startswith(f"{p.id}.")
        )

    @property
    def offers(self) -> dict[Port[Any], tuple[str, Offer[Any]]]:
        """Each offered port with the id of its provider."""
        return {
            offer.port: (p.id, offer)
            for p in self.started
            for offer in p.contributions.services.offers
        }

    @property
    def owners(self) -> list[Owner]:
        """The schemas to migrate, in load order: those of a plugin awaiting migration too."""
        return [
            Owner(
                p.id,
                p.contributions.tables.metadata,
                p.contributions.tables.migrations,
                requires=required_ids(p.manifest),
            )
            for p in self.plugins
            if p.contributions.tables is not None
        ]

    @property
    def resources(self) -> tuple[tuple[str, Resource], ...]:
        """Each resource with the id of its plugin."""
        return tuple((p.id, item) for p in self.started for item in p.contributions.resources)

    @property
    def frontends(self) -> dict[str, Bundle]:
        """The files of each plugin's pages, by plugin id."""
        return {
            p.id: p.contributions.bundle for p in self.started if p.contributions.bundle is not None
        }

    @property
    def settings(self) -> dict[str, PluginSettings]:
        """The settings of each plugin that has some, by plugin id."""
        return {
            p.id: p.contributions.settings
            for p in self.started
            if p.contributions.settings is not None
        }

    @property
    def health_checks(self) -> tuple[tuple[str, HealthCheck], ...]:
        """Each health check with the id of its plugin."""
        return tuple((p.id, check) for p in self.started for check in p.contributions.health_checks)

    @property
    def subscriptions(self) -> tuple[tuple[str, Subscription], ...]:
        """Each subscription with the id of its plugin."""
        return tuple((p.id, item) for p in self.started for item in p.contributions.subscriptions)

    @property
    def widgets(self) -> tuple[tuple[str, Widget], ...]:
        """Each widget of the dashboard with the id of its plugin."""
        return tuple((p.id, widget) for p in self.started for widget in p.contributions.widgets)

    @property
    def jobs(self) -> dict[str, Known]:
        """Each job by its kind, with the plugin and the module that declare it."""
        return {
            job.kind: Known(job, p.id, p.module)
            for p in self.started
            for job in p.contributions.jobs
        }

    @property
    def topics(self) -> KnownTopics:
        """What may be followed live: declared topics, and those that resources name."""
        return known_topics(
            topic
            for p in self.started
            for topic in (*p.contributions.services.topics, *_named(p.contributions.resources))
        )

    def missing(self, required: Iterable[str]) -> tuple[str, ...]:
        """Return those of the *required* ids that did not start; they make the service unready."""
        started = {plugin.id for plugin in self.started}
        return tuple(id for id in required if id not in started)

    def away(self, prefix: str) -> Loaded | None:
        """Return the plugin that owns this prefix but did not start, from what is remembered."""
        for plugin in self.faults:
            known = plugin.contributions.prefixes or self.memory.prefixes_of(plugin.id)
            if prefix in known:
                return plugin
        return None

    def marked(self, faults: Mapping[str, "Loaded"]) -> "Registry":
        """Return this registry with some plugins replaced by what became of them."""
        plugins = tuple(faults.get(plugin.id, plugin) for plugin in self.plugins)
        return replace(self, plugins=plugins)


def _named(resources: Iterable[Resource]) -> Iterable[Topic]:
    return (Topic(item.live, item.needs) for item in resources if item.live)


def plugin_tables(registry: Registry) -> list[Table]:
    """Return the tables of every started plugin: some may hold what the vault's ring sealed."""
    return [
        table
        for plugin in registry.started
        if plugin.contributions.tables is not None
        for table in plugin.contributions.tables.metadata.tables.values()
    ]
