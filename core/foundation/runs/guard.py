"""The port to whoever keeps a job that fails too often from running, for a while."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from foundation.runs.job import Jobs
from foundation.runs.models import Run
from foundation.runs.moves import Ending


class Guard(Protocol):
    """Counts how attempts end; the warden of plugins is one."""

    def is_kept(self, plugin: str, part: str) -> bool:
        """Tell whether a part of a plugin rests."""

    async def may_probe(self, plugin: str, part: str) -> bool:
        """Tell whether the caller is the one that may try a resting part again now."""

    def part_ended(
        self, plugin: str, part: str, fault: BaseException | str | None, *, is_probe: bool = False
    ) -> None:
        """Hear how a run of a part ended; *fault* is what it failed of."""


class Unguarded:
    """Keeps nothing; satisfies `Guard`."""

    def is_kept(self, plugin: str, part: str) -> bool:  # noqa: ARG002  # as `Guard`
        """Let everything run."""
        return False

    async def may_probe(self, plugin: str, part: str) -> bool:  # noqa: ARG002  # as `Guard`
        """Need no probe."""
        return False

    def part_ended(
        self, plugin: str, part: str, fault: BaseException | str | None, *, is_probe: bool = False
    ) -> None:
        """Count nothing."""


@dataclass(slots=True)
class Door:
    """Says of each run whether this worker may do it now, and tells the guard how it ended."""

    jobs: Jobs
    guard: Guard
    _probes: set[UUID] = field(default_factory=set)

    async def why_not(self, run: Run) -> str:
        """Return why *run* cannot be done here now, or nothing."""
        known = self.jobs.get(run.kind)
        if known is None or known.work.version < run.kind_version:
            return f"no worker here knows {run.kind} version {run.kind_version}"
        part = _part(run)
        if not self.guard.is_kept(run.plugin, part):
            return ""
        if not await self.guard.may_probe(run.plugin, part):
            return f"{run.kind} failed too often and rests in quarantine"
        self._probes.add(run.id)
        return ""

    def ended(self, run: Run, ending: Ending) -> None:
        """Tell the guard how an attempt ended, unless that says nothing of the job."""
        is_probe = run.id in self._probes
        self._probes.discard(run.id)
        fault = fault_of(ending)
        if fault is not None or ending.how == "succeeded":
            self.guard.part_ended(run.plugin, _part(run), fault, is_probe=is_probe)


def _part(run: Run) -> str:
    return f"job:{run.kind}"


def fault_of(ending: Ending) -> str | None:
    """Return what an attempt failed of, or None if it did not fail by itself.

    A cancel, a drain and a wish to try later say nothing against the job.
    """
    if ending.how == "crash":
        return "a crash"
    if ending.how == "stopped" and ending.code == "timeout":
        return "a timeout"
    if ending.how == "failed" and ending.code != "RetryLater":
        return ending.code
    return None
