"""The tables of runs; that they equal the revisions is told by ``tests/core/db``."""

from foundation.audit.guard import UNAUDITED
from foundation.db.model import CoreBase
from foundation.runs.models import Run


def test_only_runs_and_schedules_want_an_event_of_their_own():
    tables = [
        mapper.class_.__table__
        for mapper in CoreBase.registry.mappers
        if mapper.class_.__module__ == Run.__module__
    ]

    assert {each.name for each in tables if UNAUDITED not in each.info} == {
        "runs",
        "run_schedules",
    }
