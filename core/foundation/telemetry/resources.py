"""Gauges of what a process stands on: its connections, and Redis.

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
