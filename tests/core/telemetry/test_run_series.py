"""How the series of runs are named."""

from foundation.telemetry import metrics


def test_they_come_with_the_others():
    series = metrics.install()

    assert series.runs.ended._labelnames == ("plugin", "kind", "outcome")
    assert series.runs.depth._labelnames == ("queue",)
