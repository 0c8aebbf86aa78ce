"""Twenty faults in a minute trip, if they are half of the requests; five failures in a row do."""

import pytest

from foundation.plugins.breaker import FAULTS, IN_A_ROW, WINDOW_S, Breaker, Row, next_wait


def noted(breaker, *, good=0, bad=0, at=0.0):
    for _ in range(good):
        breaker.note(at, failed=False)
    return [breaker.note(at, failed=True) for _ in range(bad)]


def test_the_twentieth_fault_trips_and_none_before():
    assert noted(Breaker(), bad=FAULTS) == [False] * (FAULTS - 1) + [True]


def test_faults_among_many_good_requests_do_not_trip():
    assert not any(noted(Breaker(), good=FAULTS + 1, bad=FAULTS))


def test_half_of_the_requests_is_enough():
    assert noted(Breaker(), good=FAULTS, bad=FAULTS)[-1]


def test_what_is_a_minute_old_is_forgotten():
    breaker = Breaker()
    noted(breaker, bad=FAULTS - 1)

    assert noted(breaker, bad=1, at=WINDOW_S) == [False]


def test_a_good_request_never_trips():
    breaker = Breaker()
    noted(breaker, bad=FAULTS)

    assert breaker.note(1.0, failed=False) is False


def test_a_reset_breaker_begins_anew():
    breaker = Breaker()
    noted(breaker, bad=FAULTS)
    breaker.reset()

    assert noted(breaker, bad=1) == [False]


def test_five_failures_in_a_row_are_too_many_and_one_good_run_begins_anew():
    row = Row()
    first = [row.note(failed=True) for _ in range(IN_A_ROW - 1)]
    good = row.note(failed=False)
    then = [row.note(failed=True) for _ in range(IN_A_ROW)]

    assert (any(first), good, then) == (False, False, [False] * (IN_A_ROW - 1) + [True])


@pytest.mark.parametrize(("wait", "later"), [(300, 600), (1800, 3600), (3600, 3600)])
def test_waits_double_up_to_an_hour(wait, later):
    assert next_wait(wait) == later
