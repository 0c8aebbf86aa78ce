"""Gauges of what a process stands on: told by each worker, read for all of them."""

import pytest

from foundation.telemetry import metrics
from foundation.telemetry.resources import (
    REDIS_OUTCOMES,
    count_redis,
    observe_checkout,
    set_pool,
    set_redis,
    set_schemas,
    tell_lead,
)


@pytest.fixture
def series():
    return metrics.install()


def lines():
    return set(metrics.render().decode().splitlines())


def test_connections_are_told_by_what_they_do(series):
    set_pool(used=3, idle=2, room=8)

    assert {
        'foundation_db_pool_connections{state="used"} 3.0',
        'foundation_db_pool_connections{state="idle"} 2.0',
        'foundation_db_pool_connections{state="room"} 8.0',
    } <= lines()


def test_waits_for_a_connection_are_told_with_those_in_vain(series):
    set_pool(used=8, idle=0, room=8, waiting=3)
    observe_checkout(0.3, False)
    observe_checkout(2.0, True)

    assert {
        "foundation_db_pool_waiters 3.0",
        "foundation_db_pool_timeouts_total 1.0",
        "foundation_db_checkout_seconds_count 2.0",
        'foundation_db_checkout_seconds_bucket{le="0.25"} 0.0',
        'foundation_db_checkout_seconds_bucket{le="1.0"} 1.0',
    } <= lines()


def test_every_end_of_a_command_to_redis_is_there_before_the_first(series):
    count_redis("timeout")

    for outcome in REDIS_OUTCOMES:
        expected = float(outcome == "timeout")
        assert f'foundation_redis_commands_total{{outcome="{outcome}"}} {expected}' in lines()


def test_a_process_without_series_tells_nobody():
    set_pool(used=1, idle=1, room=8, waiting=1)
    observe_checkout(0.1, True)
    count_redis("ok")


def test_an_open_breaker_is_told_and_taken_back(series):
    set_redis(is_open=True)
    assert "foundation_redis_breaker_open 1.0" in lines()
    set_redis(is_open=False)
    assert "foundation_redis_breaker_open 0.0" in lines()


def test_an_owner_is_at_one_revision_at_a_time(series):
    set_schemas({"foundation": "foundation_1", "projects": "projects_1"})
    set_schemas({"foundation": "foundation_1", "projects": "projects_2"})

    assert {
        'foundation_schema_info{owner="foundation",revision="foundation_1"} 1.0',
        'foundation_schema_info{owner="projects",revision="projects_1"} 0.0',
        'foundation_schema_info{owner="projects",revision="projects_2"} 1.0',
    } <= lines()


def test_whose_turn_it_is_is_told_by_slot():
    metrics.install(slot=4)
    tell_lead("sealer")

    assert 'foundation_leader{role="sealer"} 4.0' in lines()
