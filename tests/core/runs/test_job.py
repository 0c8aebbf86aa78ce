"""What a job says of itself."""

import pytest

from foundation.runs.job import Key, RetryLater


def test_a_key_is_made_of_parameters():
    assert Key("source:{source_id}").of({"source_id": 7, "x": 1}) == "source:7"


def test_an_unknown_parameter_in_a_key_is_a_fault():
    with pytest.raises(KeyError):
        Key("{nope}").of({"source_id": 7})


def test_retry_later_says_after_how_long():
    assert RetryLater("not yet", after=3.0).after == 3.0
    assert str(RetryLater())
