"""What the trail keeps of the dashboard is also what it remembers by."""

from foundation.builtin.dashboard.events import ALL, FAMILY


def test_the_newest_of_the_family_tells_how_it_stands():
    assert {event.name.rpartition(".")[0] for event in ALL} == {FAMILY}
