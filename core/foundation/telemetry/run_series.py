"""The series of runs: what ended and how long it took, what waits and who works."""

from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram

SECONDS = (0.1, 1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)


@dataclass(frozen=True, slots=True)
class RunSeries:
    """Counted by run workers; the gauges are read from the database by those who answer."""

    ended: Counter
    seconds: Histogram
    depth: Gauge
    oldest: Gauge
    executors: Gauge


def build_run_series(
    counter: Callable[..., Counter],
    gauge: Callable[..., Gauge],
    seconds: Callable[..., Histogram],
) -> RunSeries:
    """Return the series, made as `metrics` makes its own."""
    return RunSeries(
        ended=counter(
            "runs_total",
            "Attempts by the state they left their run in",
            "plugin",
            "kind",
            "outcome",
        ),
        seconds=seconds("run_seconds", "Time an attempt took", "kind", buckets=SECONDS),
        depth=gauge("runs_queue_depth", "Runs that wait and are due", "queue"),
        oldest=gauge("runs_oldest_queued_seconds", "Age of the oldest run that is due", "queue"),
        executors=gauge("runs_executors_live", "Slots of living run workers", "queue"),
    )
