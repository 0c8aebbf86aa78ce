"""What the trail keeps of sources."""

from foundation_etl.events import ALL


def test_every_event_is_about_a_source():
    assert {event.targets for event in ALL} == {("source",)}


def test_none_holds_a_query_or_a_cell():
    fields = {name for event in ALL for name in event.detail.model_fields}

    assert fields == {"changed", "before", "rows"}
