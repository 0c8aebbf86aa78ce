"""The events of runs: one for each move, each named for its plugin."""

from foundation.audit.record import declared
from foundation.runs import events


def test_each_event_is_declared_once_and_named_for_runs():
    assert {event.plugin for event in declared(events.ALL).values()} == {"runs"}


def test_an_event_is_about_its_run():
    target = events.about("an id", "Import")

    assert (target.type, target.id, target.title) == ("run", "an id", "Import")
