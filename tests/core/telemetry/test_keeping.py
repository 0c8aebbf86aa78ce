"""Series of what is kept outside: told by each worker, read for all of them."""

import pytest

from foundation.telemetry import metrics
from foundation.telemetry.keeping import count_sink, set_backup, set_sink


@pytest.fixture
def series():
    return metrics.install()


def lines():
    return set(metrics.render().decode().splitlines())


def test_the_last_backup_and_the_last_drill_are_told(series):
    set_backup(made_at=1_800_000_000.0, drilled_at=0.0, failed=True)

    assert {
        "foundation_backup_last_success_timestamp_seconds 1.8e+09",
        "foundation_restore_drill_last_success_timestamp_seconds 0.0",
        "foundation_restore_drill_failed 1.0",
    } <= lines()


def test_what_a_sink_took_and_what_it_refused_are_counted_apart(series):
    count_sink("syslog", sent=3)
    count_sink("syslog", sent=0)

    assert {
        'foundation_audit_sink_events_total{outcome="sent",sink="syslog"} 3.0',
        'foundation_audit_sink_events_total{outcome="refused",sink="syslog"} 1.0',
    } <= lines()


def test_how_far_a_sink_is_behind_is_told_in_events_and_seconds(series):
    set_sink("syslog", behind=7, late=2.5)

    assert {
        'foundation_audit_sink_behind{sink="syslog"} 7.0',
        'foundation_audit_sink_lag_seconds{sink="syslog"} 2.5',
    } <= lines()
