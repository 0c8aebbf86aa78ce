"""A session ends at the earliest of its limits, and nothing but a sign-in moves the last."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.auth.lifetimes import ADMINS, PEOPLE, Moments, ends_at, lifetime_of

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
spans = st.timedeltas(timedelta(0), timedelta(days=30))


def moments(*, auth=NOW, expires=NOW + 30 * DAY, seen=NOW, idle=30 * DAY) -> Moments:
    return Moments(auth, expires, seen, idle)


@pytest.mark.parametrize("roles", [(), ("viewer",), ("operator",), ("viewer", "operator")])
def test_people_have_seven_days_and_24_idle_hours(roles) -> None:
    assert lifetime_of(roles) == PEOPLE
    assert ends_at(moments(seen=NOW + 6 * DAY), roles=roles) == NOW + 7 * DAY
    assert ends_at(moments(), roles=roles) == NOW + timedelta(hours=24)


def test_admins_have_a_day_and_eight_idle_hours() -> None:
    assert lifetime_of({"admin", "viewer"}) == ADMINS
    assert ends_at(moments(seen=NOW + DAY), roles=["admin"]) == NOW + DAY
    assert ends_at(moments(), roles=["admin"]) == NOW + timedelta(hours=8)


def test_its_own_end_and_its_own_idle_time_count_too() -> None:
    assert ends_at(moments(expires=NOW), roles=[]) == NOW
    assert ends_at(moments(idle=timedelta(minutes=1)), roles=[]) == NOW + timedelta(minutes=1)


@given(spans, spans)
def test_activity_never_moves_the_end_beyond_the_absolute_one(active, auth_ago) -> None:
    end = ends_at(moments(auth=NOW - auth_ago, seen=NOW + active), roles=[])

    assert end <= NOW - auth_ago + 7 * DAY
