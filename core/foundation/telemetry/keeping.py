"""Series of what is kept: copies of the database, the trail where it is handed on, credentials."""

from contextvars import ContextVar
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge


@dataclass(frozen=True, slots=True)
class Keeping:
    """The series of this file, of one process."""

    backup: Gauge
    drill: Gauge
    drill_failed: Gauge
    sink_sent: Counter
    sink_behind: Gauge
    sink_lag: Gauge
    secrets_due: Gauge


_KEEPING: ContextVar[Keeping | None] = ContextVar("foundation_keeping", default=None)


def install(registry: CollectorRegistry) -> Keeping:
    """Build the series; `foundation.telemetry.metrics.install` calls this with its own."""

    def gauge(name: str, text: str, *labels: str) -> Gauge:
        full = f"foundation_{name}"
        return Gauge(full, text, labels, registry=registry, multiprocess_mode="livemax")

    keeping = Keeping(
        backup=gauge("backup_last_success_timestamp_seconds", "When the last backup was made"),
        drill=gauge("restore_drill_last_success_timestamp_seconds", "When a drill last passed"),
        drill_failed=gauge("restore_drill_failed", "1 while the last drill found a fault"),
        sink_sent=Counter(
            "foundation_audit_sink_events_total",
            "Events handed on",
            ("sink", "outcome"),
            registry=registry,
        ),
        sink_behind=gauge("audit_sink_behind", "Events that wait to be handed on", "sink"),
        sink_lag=gauge("audit_sink_lag_seconds", "Age of the oldest event that waits", "sink"),
        secrets_due=gauge("credentials_due", "Credentials that want something done", "state"),
    )
    _KEEPING.set(keeping)
    return keeping


def set_backup(*, made_at: float, drilled_at: float, failed: bool) -> None:
    """Tell when the last backup was made and the last drill passed, as Unix times; 0 is never.

    *failed* is whether the last drill of all found a fault.
    """
    keeping = _KEEPING.get()
    if keeping is not None:
        keeping.backup.set(made_at)
        keeping.drill.set(drilled_at)
        keeping.drill_failed.set(int(failed))


def count_sink(sink: str, *, sent: int) -> None:
    """Count events that *sink* took, or with none of them a batch that it did not."""
    keeping = _KEEPING.get()
    if keeping is not None:
        keeping.sink_sent.labels(sink, "sent" if sent else "refused").inc(sent or 1)


def set_sink(sink: str, *, behind: int, late: float) -> None:
    """Tell how far *sink* is behind the trail."""
    keeping = _KEEPING.get()
    if keeping is not None:
        keeping.sink_behind.labels(sink).set(behind)
        keeping.sink_lag.labels(sink).set(late)


def show_secrets_due(what: str, n: int) -> None:
    """Tell how many credentials are in a state that wants doing: ``expired``, ``rotate``."""
    keeping = _KEEPING.get()
    if keeping is not None:
        keeping.secrets_due.labels(what).set(n)
