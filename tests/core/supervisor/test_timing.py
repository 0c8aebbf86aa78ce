"""How long the supervisor waits."""

from foundation.supervisor.timing import Timing


def test_waits_double_up_to_their_limit():
    timing = Timing()

    assert [timing.delay(crashes) for crashes in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_the_times_of_a_stop_nest_within_the_grace_of_a_container():
    timing = Timing()

    assert timing.graceful < timing.kill < 40
