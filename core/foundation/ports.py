"""Ports: what core and plugins offer each other, as typed tokens beside their Protocols.

A plugin never imports another. It says ``ctx.get(credential_directory)`` and gets whatever the
plugin that offers the port gives it, typed by the Protocol here. Core's own ports are named
``core.*``; no plugin may offer one.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import FrozenInstanceError, dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from foundation.audit.activity import Activity
from foundation.audit.events import EventType
from foundation.audit.evidence import Evidence
from foundation.audit.handout import Handout
from foundation.audit.own import EXPORTED, TRAIL_EVENTS
from foundation.audit.reader import Entry, Trail, TrailFilter, TypeEntry
from foundation.auth.directory import People, PersonRef
from foundation.auth.limits import Limiter
from foundation.auth.permissions import Permission
from foundation.auth.projects import ProjectAccess, ProjectRef, ProjectRole, ProjectRuns, RunSight
from foundation.auth.proposals import Proposal
from foundation.auth.service import Identity
from foundation.live.service import Live
from foundation.outbound.client import HttpClient
from foundation.outbound.reach import CredentialRef, Reach
from foundation.runs.desk import Desk, Wanted
from foundation.secret import Secret

__all__ = [
    "EXPORTED",
    "TRAIL_EVENTS",
    "Activity",
    "ApiDescription",
    "Catalogue",
    "CredentialDirectory",
    "CredentialKind",
    "CredentialRef",
    "CredentialVault",
    "Desk",
    "Entry",
    "Evidence",
    "Handout",
    "Holder",
    "Identity",
    "Limiter",
    "Live",
    "Part",
    "People",
    "PersonRef",
    "Port",
    "ProjectAccess",
    "ProjectRef",
    "ProjectRole",
    "ProjectRuns",
    "Reach",
    "Readiness",
    "Tally",
    "Trail",
    "TrailFilter",
    "TypeEntry",
    "UsedCredential",
    "Wanted",
    "activity",
    "api_description",
    "catalogue",
    "credential_directory",
    "credential_vault",
    "evidence",
    "handout",
    "identity",
    "limiter",
    "live",
    "people",
    "project_access",
    "project_runs",
    "readiness",
    "run_sight",
    "runs",
    "tally",
    "trail",
]

T = TypeVar("T")


# Not `frozen`, which would refuse `__orig_class__` too: that is how an offer is compared with its
# Protocol. Each attribute is set once.
@dataclass(unsafe_hash=True)
class Port(Generic[T]):
    """A name and a major version for something another plugin may offer."""

    name: str
    major: int

    def __setattr__(self, name: str, value: object) -> None:
        """Set what is not set yet; raises `FrozenInstanceError`."""
        if name in self.__dict__:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever uses a credential: a plugin, the id of its thing, and that thing's name."""

    plugin: str
    ref: UUID
    title: str


@dataclass(frozen=True, slots=True)
class CredentialKind:
    """A kind of credential that a plugin adds: ``<plugin>.<name>``, and the model of its values.

    A field of type `Secret` is kept sealed; one marked ``x-host`` in its ``json_schema_extra``
    says where the secrets are sent.
    """

    id: str
    title: str
    model: type[BaseModel]


class CredentialDirectory(Protocol):
    """Lists and attaches credentials without ever opening one."""

    async def hold(self, credential_id: UUID, holder: Holder) -> CredentialRef:
        """Note that *holder* uses the credential.

        Raises `NotFound` for an unknown credential, `Conflict` when it is already noted.
        """

    async def release(self, credential_id: UUID, holder: Holder) -> CredentialRef:
        """Take that note back; raises `NotFound` when there is none."""

    async def rename(self, holder: Holder) -> None:
        """Give all notes of *holder* its present title."""

    async def held_by(self, plugin: str, ref: UUID) -> list[CredentialRef]:
        """Return the credentials that *plugin* holds for *ref*, by name."""


credential_directory = Port[CredentialDirectory]("credentials.directory", 1)
project_access = Port[ProjectAccess]("projects.access", 1)
"""What whoever asks may do in which project."""
project_runs = Port[ProjectRuns]("runs.project", 1)
run_sight = Port[RunSight]("runs.sight", 1)


class UsedCredential(Protocol):
    """A credential in use: its values by field, for as long as the block lasts."""

    @property
    def ref(self) -> CredentialRef:
        """Which credential it is."""

    @property
    def values(self) -> Mapping[str, Secret]:
        """Every value that is set, the plain ones too."""

    @property
    def plain(self) -> frozenset[str]:
        """Which of the values are no secret, and may be read in a log."""

    @property
    def reach(self) -> Reach:
        """Where requests that carry it may go."""

    def http(self) -> HttpClient:
        """Return a client that signs in with this credential and goes to its hosts alone."""


class CredentialVault(Protocol):
    """Hands out values to a plugin that was granted the credential; each use is audited."""

    def use(
        self, credential: str | UUID, *, purpose: str
    ) -> AbstractAsyncContextManager[UsedCredential]:
        """Give the credential with this slug or id for one block.

        The event is committed before the value is handed over. Raises `NotFound`, `Forbidden`
        without a grant or when it has expired and says so, `VaultSealed`, `SealBroken`.
        """

    async def check(self, document: Mapping[str, Any]) -> None:  # JSON
        """Look at the references in *document* when it is saved; raises `Invalid` naming each."""

    def resolved(
        self, document: Mapping[str, Any], *, purpose: str
    ) -> AbstractAsyncContextManager[dict[str, Any]]:  # JSON, and `Secret` in place of references
        """Give *document* with every reference replaced, for one block; raises as `use`."""


credential_vault = Port[CredentialVault]("credentials.vault", 1)
"""The values of credentials, for plugins that were granted them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part the service is made of; only a *required* one decides readiness.

    *detail* is for people with the permission to read it, never for strangers.
    """

    name: str
    ok: bool
    detail: str = ""
    required: bool = True


class Readiness(Protocol):
    """Tells how the parts of this process are, from what was last seen of them."""

    def parts(self) -> tuple[Part, ...]:
        """Return one entry for each part."""


readiness = Port[Readiness]("core.readiness", 1)


class ApiDescription(Protocol):
    """Describes the HTTP API."""

    def document(self) -> Mapping[str, Any]:  # JSON of OpenAPI 3.1, made of plain values
        """Return the OpenAPI document of every mounted route."""


api_description = Port[ApiDescription]("core.api_description", 1)

people = Port[People]("core.people", 1)
"""Who somebody is, by id or by a part of the name; ask it only for people who may know."""

trail = Port[Trail]("core.trail", 1)
"""The audit trail, to be read; it is written by ``ctx.record`` alone."""

activity = Port[Activity]("core.activity", 1)
"""How much happened on each day."""

evidence = Port[Evidence]("core.evidence", 1)
"""What proves the audit trail."""

handout = Port[Handout]("core.handout", 1)
"""The audit trail, written out for others."""


class Catalogue(Protocol):
    """All that the started plugins declare."""

    @property
    def permissions(self) -> Sequence[Permission]:
        """Every declared permission."""

    @property
    def proposals(self) -> Sequence[Proposal]:
        """What plugins propose for the built-in roles."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each plugin by its id."""

    @property
    def events(self) -> Sequence[EventType]:
        """Every declared type of audit event."""

    @property
    def credential_kinds(self) -> Sequence[CredentialKind]:
        """Every kind of credential that a plugin adds."""


catalogue = Port[Catalogue]("core.catalogue", 1)


class Tally(Protocol):
    """Counts the things of a section, for a figure on the dashboard."""

    async def count(self) -> int:
        """Return how many there are now."""


def tally(section: str) -> Port[Tally]:
    """Return the port through which a plugin offers the figure of its *section*."""
    return Port[Tally](f"{section}.tally", 1)


limiter = Port[Limiter]("core.limiter", 1)
"""How often somebody may do something; most routes say it with ``limits=`` instead."""

runs = Port[Desk]("core.runs", 1)
"""Starting, cancelling and looking at runs, in the request's transaction."""

live = Port[Live]("core.live", 1)
"""The streams of this worker, for core's own route."""

identity = Port[Identity]("core.identity", 1)
"""Sign-in, sessions and roles, for core's own sections."""
