"""Projects as a scope: the words in which a plugin that has them answers who may do what."""

from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

ProjectRole = Literal["viewer", "editor", "owner"]
"""What somebody is in a project, from least to most."""


@dataclass(frozen=True, slots=True)
class ProjectRef:
    """A project that whoever asks may see; *role* is the most they may do in it."""

    id: UUID
    slug: str
    name: str
    status: str
    role: ProjectRole


class ProjectAccess(Protocol):
    """Tells what whoever asks may do in which project: the scope of things that belong to one."""

    async def look(self, project_id: UUID) -> ProjectRef:
        """Return the project; raises `NotFound` when there is none or it is not theirs."""

    async def require(self, project_id: UUID, role: ProjectRole = "editor") -> ProjectRef:
        """Return the project they want to do something in.

        Raises `NotFound` as `look` does, `Forbidden` below *role*, `Conflict` when it is archived.
        """

    async def visible(self) -> frozenset[UUID] | None:
        """Return the ids of the projects they may see, to narrow a list by; None is every one."""


class ProjectRuns(Protocol):
    """Counts the runs of a project, and ends what would start more of them."""

    async def count_open(self, project_id: UUID) -> int:
        """Return how many runs of the project have not ended."""

    async def count_schedules(self, project_id: UUID) -> int:
        """Return how many schedules the project has."""

    async def end_schedules(self, project_id: UUID) -> None:
        """Delete the schedules of a project that ends."""


class RunSight(Protocol):
    """Tells which runs somebody sees: one of a project is for those who see the project."""

    async def sees(self, run_id: UUID) -> bool:
        """Tell whether whoever asks may see the run."""
