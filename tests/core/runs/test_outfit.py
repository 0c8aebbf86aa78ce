"""What a child is told: its run, its job, and how to reach the database."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

from foundation.runs.models import Run
from foundation.runs.outfit import Outfit
from foundation.secret import Secret


def test_a_child_is_told_of_its_run_and_its_job_and_nothing_of_others(office):
    outfit = Outfit(
        url=Secret("postgresql://nowhere/none"),
        database=office.database,
        delivery=SimpleNamespace(),
        jobs=office.jobs,
        recorder=office.recorder,
        clock=SimpleNamespace(),
        environ={"FOUNDATION_SECRET_KEY": "canary"},
        version="1.2",
    )
    by = UUID(int=7)
    run = Run(
        id=UUID(int=1), attempt=2, fence=3, kind="trials.hungry", kind_version=1,
        params={"path": "there"}, requested_by=by, requested_name="Ada",
    )  # fmt: skip

    told = outfit.orders(run)

    assert (told.run_id, told.attempt, told.fence) == (str(run.id), 2, 3)
    assert (told.plugin, told.module, told.memory_mb) == ("trials", "trials", 1_000)
    assert (told.requested_by, told.app_version) == (str(by), "1.2")
    assert told.silence_s == outfit.pace.fence_after
    assert b"canary" not in told.packed()
    run.requested_by = None
    assert replace(told, requested_by=None) == outfit.orders(run)
