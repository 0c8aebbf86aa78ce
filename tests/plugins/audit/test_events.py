"""What this section says in the trail of itself."""

import pytest
from pydantic import ValidationError

from foundation_audit import events


def test_its_events_are_about_filters_and_harmless():
    assert {type_.name.rpartition(".")[0] for type_ in events.ALL} == {"audit.filter"}
    assert {type_.severity for type_ in events.ALL} == {"low"}


def test_saved_filters_are_told_with_what_they_look_for():
    with pytest.raises(ValidationError):
        events.SAVED()
    told = events.SAVED(query={"type": "x"})

    assert told.detail.model_dump() == {"query": {"type": "x"}}
