"""What a pull may be given."""

import pytest
from pydantic import ValidationError

from foundation_feed.schemas import PullParams


def test_a_pull_has_a_default_for_everything_because_it_is_scheduled():
    assert PullParams().rows == 100


def test_a_batch_has_a_limit():
    with pytest.raises(ValidationError):
        PullParams(batch=5_000)
