"""What to do about a worker."""

from types import SimpleNamespace

import pytest

from foundation.supervisor.judge import Verdict, how_it_ended, judge, why_not_started
from foundation.supervisor.timing import Timing

TIMING = Timing(ready=20, silence=20, dump=0.5, kill=32)


def child(**differences):
    known = {"killed": False, "told_at": None, "ready_at": 1.0, "dumped_at": None}
    ended = {"process": SimpleNamespace(returncode=-9), "reason": None}
    return SimpleNamespace(**{"born": 0.0, "heard": 0.0, **known, **ended, **differences})


@pytest.mark.parametrize(
    ("differences", "now", "verdict"),
    [
        ({}, 19.9, Verdict.FINE),
        ({}, 20.0, Verdict.HANGS),
        ({"heard": 15.0}, 20.0, Verdict.FINE),
        ({"dumped_at": 20.0}, 20.4, Verdict.FINE),
        ({"dumped_at": 20.0}, 20.5, Verdict.OVERDUE),
        ({"ready_at": None, "heard": 19.0}, 20.0, Verdict.LATE),
        ({"told_at": 10.0}, 41.9, Verdict.FINE),
        ({"told_at": 10.0}, 42.0, Verdict.OVERDUE),
        ({"told_at": 10.0, "killed": True}, 99.0, Verdict.FINE),
    ],
)
def test_a_worker_is_judged_by_the_time_it_had(differences, now, verdict):
    assert judge(child(**differences), TIMING, now) is verdict


def test_an_end_is_told_as_a_signal_or_a_code():
    assert how_it_ended(-9) == "signal 9"
    assert how_it_ended(3) == "exit code 3"


def test_the_reason_a_worker_gave_comes_first():
    assert why_not_started(child(reason="no such table")) == "no such table"
    assert why_not_started(child(killed=True)).startswith("it was not ready in time")
    assert why_not_started(child()).startswith("it ended with signal 9")
