"""When a schedule is due, over both changes of the clock in Berlin."""

from datetime import UTC, datetime

import pytest

from foundation.runs.calendar import BadSchedule, check, next_time

BERLIN = "Europe/Berlin"


def times(cron, after, count, zone=BERLIN):
    found = []
    at = datetime.fromisoformat(after).replace(tzinfo=UTC)
    for _ in range(count):
        at = next_time(cron, zone, after=at)
        found.append(at.strftime("%d %H:%M"))
    return found


def test_a_time_that_spring_leaves_out_fires_once_after_the_gap():
    # On 29 March 2026 there is no 02:30 in Berlin; 01:30 UTC is 03:30 there.
    assert times("30 2 * * *", "2026-03-28T12:00", 2) == ["29 01:30", "30 00:30"]


def test_a_fixed_time_that_autumn_has_twice_fires_once():
    # On 25 October 2026 02:30 comes at 00:30 and at 01:30 UTC.
    assert times("30 2 * * *", "2026-10-24T12:00", 2) == ["25 00:30", "26 01:30"]


def test_an_hourly_time_goes_on_through_the_doubled_hour():
    assert times("0 * * * *", "2026-10-24T23:30", 4) == [
        *("25 00:00", "25 01:00", "25 02:00", "25 03:00")
    ]


def test_an_hourly_time_goes_on_over_the_gap():
    assert times("*/30 * * * *", "2026-03-29T00:10", 4) == [
        *("29 00:30", "29 01:00", "29 01:30", "29 02:00")
    ]


def test_a_fixed_time_asked_in_the_second_pass_waits_for_the_next_day():
    assert times("30 2 * * *", "2026-10-25T01:10", 1) == ["26 01:30"]


@pytest.mark.parametrize(
    ("cron", "zone"),
    [("* * * *", "UTC"), ("0 0 * * * *", "UTC"), ("61 * * * *", "UTC"), ("0 0 * * *", "Mars/Base")],
)
def test_what_cannot_be_read_is_refused(cron, zone):
    with pytest.raises(BadSchedule):
        check(cron, zone)


def test_a_good_schedule_passes():
    check("*/5 8-18 * * 1-5", BERLIN)
