"""What is told to the series of runs; nothing in a process that installed none."""

from collections.abc import Iterable

from foundation.telemetry.metrics import present


def count_run(plugin: str, kind: str, outcome: str, seconds: float | None) -> None:
    """Count an attempt by the state it left its run in: ``queued`` is one that comes again."""
    series = present()
    if series is None:
        return
    series.runs.ended.labels(plugin, kind, outcome).inc()
    if seconds is not None:
        series.runs.seconds.labels(kind).observe(seconds)


def set_queues(queues: Iterable[tuple[str, int, float, int]]) -> None:
    """Tell of each queue its name, its depth, the age of its oldest in seconds, and its slots."""
    series = present()
    if series is None:
        return
    for name, depth, oldest, slots in queues:
        series.runs.depth.labels(name).set(depth)
        series.runs.oldest.labels(name).set(oldest)
        series.runs.executors.labels(name).set(slots)
