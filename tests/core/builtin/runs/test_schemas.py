"""What ``/api/runs`` takes."""

import pytest
from pydantic import ValidationError

from foundation.builtin.runs.schemas import NewRun, ScheduleChange


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError):
        NewRun.model_validate({"kind": "a.b", "state": "succeeded"})


def test_a_change_of_a_schedule_names_only_what_changes():
    assert ScheduleChange(enabled=False).model_dump(exclude_none=True) == {"enabled": False}
