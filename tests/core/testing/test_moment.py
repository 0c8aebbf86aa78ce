"""The time in tests."""

from datetime import timedelta

from foundation.clock import SystemClock
from foundation.testing.moment import MovableClock


def test_it_is_the_machines_time_until_it_is_moved():
    before = SystemClock().now()
    clock = MovableClock()

    assert before <= clock.now() <= SystemClock().now()


def test_it_is_moved_forward_and_stays_ahead():
    clock = MovableClock()

    moved = clock.forward(minutes=6)

    assert moved - SystemClock().now() > timedelta(minutes=5)
    assert clock.now() >= moved


async def test_the_application_goes_by_it(app, foundation_clock):
    moved = foundation_clock.forward(days=400)

    assert app.parts.clock.now() >= moved
