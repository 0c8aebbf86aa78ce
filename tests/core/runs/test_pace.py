"""The times of a worker fit each other."""

from foundation.runs.pace import Pace


def test_a_worker_is_over_before_others_take_over_its_runs():
    pace = Pace()

    assert pace.beat * 2 < pace.fence_after < pace.dead_after


def test_a_drain_fits_into_what_the_supervisor_waits():
    pace = Pace()

    assert pace.drain + pace.grace_after < 28.0
