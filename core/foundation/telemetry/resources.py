"""Gauges of what a process stands on: its connections, its tables, Redis, and whose turn it is.

Each worker tells all of them; a scrape shows the sum of the connections, of the leaders the
newest, and the worst of the rest.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_CHECKOUT_BUCKETS = (0.0005, 0.005, 0.05, 0.25, 1.0, 2.0)
REDIS_OUTCOMES = ("ok", "error", "timeout", "held")
"""How a command to Redis ends; one that is held was not sent, because the breaker is open."""


@dataclass(frozen=True, slots=True)
class Resources:
    """The series of this file, of one process."""

    slot: int
    pool: Gauge
    waiters: Gauge
    pool_timeouts: Counter
    checkout: Histogram
    redis_open: Gauge
    redis_commands: Mapping[str, Counter]
    schema: Gauge
    leader: Gauge


_RESOURCES: ContextVar[Resources | None] = ContextVar("foundation_resources", default=None)


def install(registry: CollectorRegistry, *, slot: int = 0) -> Resources:
    """Build the series; `foundation.telemetry.metrics.install` calls this with its own."""

    def worst(name: str, text: str, *labels: str) -> Gauge:
        full = f"foundation_{name}"
        return Gauge(full, text, labels, registry=registry, multiprocess_mode="livemax")

    def total(name: str, text: str, *labels: str) -> Gauge:
        full = f"foundation_{name}"
        return Gauge(full, text, labels, registry=registry, multiprocess_mode="livesum")

    resources = Resources(
        slot=slot,
        pool=total(
            "db_pool_connections",
            "Connections to PostgreSQL of all workers, by what they do",
            "state",
        ),
        waiters=total("db_pool_waiters", "Work that waits for a connection to PostgreSQL"),
        pool_timeouts=Counter(
            "foundation_db_pool_timeouts_total",
            "Work that got no connection to PostgreSQL in time",
            registry=registry,
        ),
        checkout=Histogram(
            "foundation_db_checkout_seconds",
            "Time to get a connection to PostgreSQL",
            registry=registry,
            buckets=_CHECKOUT_BUCKETS,
        ),
        redis_open=worst("redis_breaker_open", "1 while a worker does without Redis"),
        redis_commands=_redis_commands(registry),
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


def _redis_commands(registry: CollectorRegistry) -> dict[str, Counter]:
    """Return the counter of each outcome, bound once: a command is counted in every request."""
    commands = Counter(
        "foundation_redis_commands_total",
        "Commands to Redis by how they ended",
        ("outcome",),
        registry=registry,
    )
    return {outcome: commands.labels(outcome) for outcome in REDIS_OUTCOMES}


def set_pool(*, used: int, idle: int, room: int, waiting: int = 0) -> None:
    """Tell how many connections are at work, idle, and allowed, and how much work waits for one."""
    resources = _RESOURCES.get()
    if resources is not None:
        for state, number in (("used", used), ("idle", idle), ("room", room)):
            resources.pool.labels(state).set(number)
        resources.waiters.set(waiting)


def observe_checkout(seconds: float, in_vain: bool) -> None:  # noqa: FBT001  # as the pool tells it
    """Note how long a connection was waited for, and count the wait that was *in_vain*."""
    resources = _RESOURCES.get()
    if resources is not None:
        resources.checkout.observe(seconds)
        if in_vain:
            resources.pool_timeouts.inc()


def count_redis(outcome: str) -> None:
    """Count a command to Redis by its end, one of `REDIS_OUTCOMES`."""
    resources = _RESOURCES.get()
    if resources is not None:
        resources.redis_commands[outcome].inc()


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
