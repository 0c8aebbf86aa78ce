"""What is told to the series of streams; nothing in a process that installed none."""

from foundation.telemetry.metrics import present


def set_streams(count: int) -> None:
    """Tell how many streams of live updates this worker has open."""
    series = present()
    if series is not None:
        series.streams.set(count)


def count_stream_end(reason: str) -> None:
    """Count a stream that ended: ``client``, ``session``, ``drain``, ``away``, ``slow``."""
    series = present()
    if series is not None:
        series.stream_ends.labels(reason).inc()
