"""Gauges of what a process stands on: its connections, Redis, and the runs that wait.

Each worker tells all of them; a scrape shows the sum of the connections and the worst of the rest.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Gauge


@dataclass(frozen=True, slots=True)
class Resources:
    """The series of this file, of one process."""

    pool: Gauge
    redis_open: Gauge
    queued: Gauge
    oldest: Gauge
    executors: Gauge


_RESOURCES: ContextVar[Resources | None] = ContextVar("foundation_resources", default=None)


def install(registry: CollectorRegistry) -> Resources:
    """Build the series; `foundation.telemetry.metrics.install` calls this with its own."""

    def worst(name: str, text: str, *labels: str) -> Gauge:
        full = f"foundation_{name}"
        return Gauge(full, text, labels, registry=registry, multiprocess_mode="livemax")

    resources = Resources(
        pool=Gauge(
            "foundation_db_pool_connections",
            "Connections to PostgreSQL of all workers, by what they do",
            ("state",),
            registry=registry,
            multiprocess_mode="livesum",
        ),
        redis_open=worst("redis_breaker_open", "1 while a worker does without Redis"),
        queued=worst("runs_queue_depth", "Runs that are due and wait", "queue"),
        oldest=worst("runs_oldest_queued_seconds", "How long the first of them waits", "queue"),
        executors=worst("runs_executors_live", "Run workers that give signs of life"),
    )
    _RESOURCES.set(resources)
    return resources


def set_pool(*, used: int, idle: int, room: int) -> None:
    """Tell how many connections are at work, how many wait for work, and how many may be opened."""
    resources = _RESOURCES.get()
    if resources is not None:
        for state, number in (("used", used), ("idle", idle), ("room", room)):
            resources.pool.labels(state).set(number)


def set_redis(*, is_open: bool) -> None:
    """Tell whether this worker has given Redis up for a while."""
    resources = _RESOURCES.get()
    if resources is not None:
        resources.redis_open.set(int(is_open))


def set_runs(*, queues: dict[str, tuple[int, float]], executors: int) -> None:
    """Tell of each queue how many runs wait in it and for how many seconds the first has."""
    resources = _RESOURCES.get()
    if resources is None:
        return
    for (known,) in list(resources.queued._metrics):  # noqa: SLF001  # there is no public way
        queues = {known: (0, 0.0), **queues}  # a queue that nobody has any more is empty
    for queue, (depth, seconds) in queues.items():
        resources.queued.labels(queue).set(depth)
        resources.oldest.labels(queue).set(seconds)
    resources.executors.set(executors)
