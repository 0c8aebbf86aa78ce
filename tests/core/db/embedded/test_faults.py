"""The fault of the embedded server is one sentence for a person."""

from foundation.db.embedded import CannotServe


def test_it_prints_as_it_was_said():
    assert str(CannotServe("do this")) == "do this"
