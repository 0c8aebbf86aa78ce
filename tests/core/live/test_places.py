"""The id of an event: the place in each topic, written and read back."""

from foundation.live.places import format_places, parse_places


def test_places_come_back_as_they_were_written():
    places = {"audit": "1.17", "runs.run:0192": "2.4"}

    assert format_places(places) == "audit=1.17;runs.run:0192=2.4"
    assert parse_places(format_places(places)) == places


def test_what_cannot_be_read_is_left_out():
    assert parse_places("audit=1.17;nonsense;Bad Key=2;x.y=\n") == {"audit": "1.17"}
    assert parse_places("") == {}
    assert parse_places("audit=1.17;" * 1_000) == {}
