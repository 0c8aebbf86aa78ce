"""What the trail keeps of a pull."""

from foundation_feed.events import PULLED


def test_a_batch_is_told_by_its_count():
    assert PULLED(count=3).detail.model_dump() == {"count": 3}
