"""What the trail keeps of notes."""

from foundation_hello.events import DELETED, WRITTEN


def test_every_event_is_about_a_note():
    assert WRITTEN.targets == DELETED.targets == ("note",)
