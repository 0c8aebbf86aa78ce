"""A run is done unless its job is unknown or rests; only its own failures count against a job."""

from dataclasses import dataclass, field

import pytest

from foundation.ids import uuid7
from foundation.runs.guard import Door, Unguarded, fault_of
from foundation.runs.job import Known, Work
from foundation.runs.models import Run
from foundation.runs.moves import Ending


@dataclass
class Strict:
    """A guard that keeps a job, and lets one probe through when it is *due*."""

    due: bool = False
    heard: list = field(default_factory=list)

    def is_kept(self, plugin, part):
        return (plugin, part) == ("toil", "job:toil.dig")

    async def may_probe(self, plugin, part):
        due, self.due = self.due, False
        return due

    def part_ended(self, plugin, part, fault, *, is_probe=False):
        self.heard.append((plugin, part, fault, is_probe))


def door(guard, version=1):
    async def dig(ctx, params): ...

    work = Work("toil.dig", title="Dig", params=dict, run=dig, version=version)
    return Door({"toil.dig": Known(work, "toil", "toil")}, guard)


def a_run(kind="toil.dig", version=1):
    return Run(id=uuid7(), kind=kind, kind_version=version, plugin="toil")


@pytest.mark.parametrize(("kind", "version"), [("toil.fly", 1), ("toil.dig", 2)])
async def test_an_unknown_or_newer_job_waits_for_another_worker(kind, version):
    why = await door(Unguarded()).why_not(a_run(kind, version))

    assert why == f"no worker here knows {kind} version {version}"


async def test_a_resting_job_waits_and_one_probe_may_run_when_it_is_due():
    guard = Strict(due=True)
    tried, waits = a_run(), a_run()
    one = door(guard)

    whys = [await one.why_not(run) for run in (tried, waits)]
    one.ended(tried, Ending("succeeded"))
    one.ended(tried, Ending("crash"))

    assert whys == ["", "toil.dig failed too often and rests in quarantine"]
    assert guard.heard == [
        ("toil", "job:toil.dig", None, True),
        ("toil", "job:toil.dig", "a crash", False),
    ]


@pytest.mark.parametrize(
    ("ending", "fault"),
    [
        (Ending("succeeded"), None),
        (Ending("failed", code="KeyError"), "KeyError"),
        (Ending("failed", code="RetryLater", retryable=True), None),
        (Ending("crash", code="crash"), "a crash"),
        (Ending("stopped", code="timeout"), "a timeout"),
        (Ending("stopped", code="cancel"), None),
        (Ending("interrupted"), None),
    ],
)
def test_only_its_own_failures_count(ending, fault):
    guard = Strict()
    door(guard).ended(a_run(), ending)

    assert fault_of(ending) == fault
    assert [heard[2] for heard in guard.heard] == (
        [fault] if fault or ending.how == "succeeded" else []
    )
