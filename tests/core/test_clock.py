"""The machine's clock tells UTC, with its zone."""

from datetime import UTC, datetime, timedelta

from foundation.clock import SystemClock


def test_the_time_is_aware_and_in_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_the_time_is_now():
    before = datetime.now(UTC)

    assert before <= SystemClock().now() <= datetime.now(UTC)
