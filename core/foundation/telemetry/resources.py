"""Gauges of what a process stands on: its connections, its tables, Redis, and whose turn it is.

Each worker tells all of them; a scrape shows the sum of the connections, of the leaders the
newest, and the worst of the rest.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Gauge


@dataclass(frozen=True, slots=True)
class Resources:
    """The series of this file, of one process."""

    slot: int
    pool: Gauge
    redis_open: Gauge
    schema: Gauge
    leader: Gauge


_RESOURCES: ContextVar[Resources | None] = ContextVar("foundation_resources", default=None)


def install(registry: CollectorRegistry, *, slot: int = 0) -> Resources:
    """Build the series; `foundation.telemetry.metrics.install` calls this with its own."""

    def worst(name: str, text: str, *labels: str) -> Gauge:
        full = f"foundation_{name}"
        return Gauge(full, text, labels, registry=registry, multiprocess_mode="livemax")

    resources = Resources(
        slot=slot,
        pool=Gauge(
            "foundation_db_pool_connections",
            "Connections to PostgreSQL of all workers, by what they do",
            ("state",),
            registry=registry,
            multiprocess_mode="livesum",
        ),
        redis_open=worst("redis_breaker_open", "1 while a worker does without Redis"),
        schema=worst(
            "schema_info", "1; the labels say where an owner's tables are", "owner", "revision"
        ),
        leader=Gauge(
            "foundation_leader",
            "The slot that last did what one process does for all",
            ("role",),
            registry=registry,
            multiprocess_mode="livemostrecent",
        ),
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


def set_schemas(revisions: Mapping[str, str]) -> None:
    """Tell at which revision the tables of each owner are, as the database says."""
    resources = _RESOURCES.get()
    if resources is None:
        return
    for labels in list(resources.schema._metrics):  # noqa: SLF001  # there is no public way
        if revisions.get(labels[0]) != labels[1]:
            resources.schema.labels(*labels).set(0)
    for owner, revision in revisions.items():
        resources.schema.labels(owner, revision).set(1)


def tell_lead(role: str) -> None:
    """Tell that it is this process's turn: ``sealer``, ``courier``, ``sweeper``."""
    resources = _RESOURCES.get()
    if resources is not None:
        resources.leader.labels(role).set(resources.slot)
