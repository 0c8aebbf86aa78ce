"""What is taken and answered on the wire of the trail."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from foundation_audit.schemas import Events


def test_a_time_has_a_zone():
    with pytest.raises(ValidationError):
        Events.model_validate({"since": "2026-05-01T12:00:00"})


def test_a_time_is_read_from_the_query():
    asked = Events.model_validate({"since": "2026-05-01T12:00:00Z"})

    assert asked.since == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("query", [{"outcome": "fine"}, {"actor": ""}, {"colour": "red"}])
def test_a_filter_is_one_that_exists(query):
    with pytest.raises(ValidationError):
        Events.model_validate(query)
