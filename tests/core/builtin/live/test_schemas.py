"""The query of a stream."""

import pytest
from pydantic import ValidationError

from foundation.builtin.live.schemas import LiveQuery
from foundation.live.topics import MOST_TOPICS


def test_topics_come_with_commas_between():
    assert LiveQuery(topics="audit,runs.run:7").topics == "audit,runs.run:7"


@pytest.mark.parametrize(
    "topics", ["", "x", "audit,,runs", ",".join(["audit"] * (MOST_TOPICS + 1))]
)
def test_too_many_or_none_are_refused(topics):
    with pytest.raises(ValidationError):
        LiveQuery(topics=topics)
