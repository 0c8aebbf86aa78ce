"""Gauges of what a process stands on: told by each worker, read for all of them."""

import pytest

from foundation.telemetry import metrics
from foundation.telemetry.resources import set_pool, set_redis, set_schemas, tell_lead


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
