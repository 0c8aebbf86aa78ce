"""Metrics of all workers: each process adds to files of its slot, any of them answers a scrape.

By slot and not by pid, because the files of thirty dead pids make a scrape four times as slow.
A function here does nothing in a process that installed no series.
"""

import os
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
    values,
)

from foundation.telemetry import keeping, resources
from foundation.telemetry.run_series import RunSeries, build_run_series

CONTENT_TYPE = CONTENT_TYPE_LATEST
FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SUPERVISOR_FILE = "supervisor.prom"
UNMATCHED = "<unmatched>"

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0)
_LAG_BUCKETS = (0.001, 0.005, 0.02, 0.1, 0.25, 1.0, 5.0)
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Series:
    """Every series of this process; built once, after the slot is known."""

    registry: CollectorRegistry
    folder: Path | None
    slot: str
    requests: Counter
    request_seconds: Histogram
    in_flight: Gauge
    rejected: Counter
    loop_lag: Histogram
    resident: Gauge
    cpu: Gauge
    open_files: Gauge
    transactions: Counter
    signins: Counter
    denied: Counter
    events: Counter
    tree_size: Gauge
    seal_lag: Gauge
    seal_halted: Gauge
    vault_sealed: Gauge
    secret_uses: Counter
    plugin_state: Gauge
    plugin_start: Gauge
    plugin_failures: Counter
    streams: Gauge
    stream_ends: Counter
    runs: RunSeries
    build: Gauge


_SERIES: ContextVar[Series | None] = ContextVar("foundation_series", default=None)


def install(folder: Path | None = None, *, slot: int = 0) -> Series:
    """Build the series of this process, to be called once, before the loop starts.

    With *folder* the values live in files there, named by *slot*, which no other living process
    may use; without it they live in this process alone. The supervisor names the same folder
    by `FOLDER_VARIABLE` in the environment, where prometheus_client looks for it.
    """
    if folder is None:
        values.ValueClass = values.MutexValue
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # a run worker may have its own
        for stale in folder.glob(f"gauge_live*_{slot}.db"):
            stale.unlink()
        values.ValueClass = values.MultiProcessValue(lambda: slot)  # type: ignore[no-untyped-call]  # prometheus_client's own
    disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client's own
    series = _build(CollectorRegistry(), folder, str(slot))
    resources.install(series.registry, slot=slot)
    keeping.install(series.registry)
    _SERIES.set(series)
    return series


def _build(registry: CollectorRegistry, folder: Path | None, slot: str) -> Series:
    def counter(name: str, text: str, *labels: str) -> Counter:
        return Counter(f"foundation_{name}", text, labels, registry=registry)

    def gauge(name: str, text: str, *labels: str, total: bool = False) -> Gauge:
        mode: Literal["livesum", "livemax"] = "livesum" if total else "livemax"
        full = f"foundation_{name}"
        return Gauge(full, text, labels, registry=registry, multiprocess_mode=mode)

    def seconds(name: str, text: str, *labels: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"foundation_{name}", text, labels, registry=registry, buckets=buckets)

    labels = ("method", "route", "status_class")
    return Series(
        registry=registry,
        folder=folder,
        slot=slot,
        requests=counter("http_requests_total", "Requests answered", "method", "route", "status"),
        request_seconds=seconds(
            "http_request_seconds", "Time to answer a request", *labels, buckets=_BUCKETS
        ),
        in_flight=gauge("http_in_flight", "Units of work under way", total=True),
        rejected=counter("http_rejected_total", "Requests refused at the edge", "reason"),
        loop_lag=seconds(
            "loop_lag_seconds", "How late the event loop wakes up", buckets=_LAG_BUCKETS
        ),
        resident=gauge("process_resident_bytes", "Resident memory of a worker", "slot"),
        cpu=gauge("process_cpu_seconds", "Processor time a worker has used", "slot"),
        open_files=gauge("process_open_fds", "Files a worker has open", "slot"),
        transactions=counter("db_transactions_total", "Transactions by how they ended", "outcome"),
        signins=counter("auth_signins_total", "Sign-ins by how they ended", "outcome"),
        denied=counter("authz_denied_total", "Requests without the permission", "plugin"),
        events=counter("audit_events_total", "Audit events recorded", "plugin"),
        tree_size=gauge("audit_tree_size", "Events that have a leaf in the audit tree"),
        seal_lag=gauge("audit_seal_lag_seconds", "Age of the oldest event without a leaf"),
        seal_halted=gauge("audit_seal_halted", "1 while nothing is sealed any more"),
        vault_sealed=gauge("vault_sealed", "1 while the vault is sealed"),
        secret_uses=counter(
            "credentials_uses_total", "Secrets given to a plugin to use", "plugin", "outcome"
        ),
        plugin_state=gauge("plugin_state", "1 for the state a plugin is in", "plugin", "state"),
        plugin_start=gauge("plugin_start_seconds", "Time a worker's start spent on it", "plugin"),
        plugin_failures=counter(
            "plugin_failures_total", "Runs that ended in an unexpected way", "plugin", "part"
        ),
        streams=gauge("sse_streams", "Streams of live updates that are open", total=True),
        stream_ends=counter("sse_ended_total", "Streams by why they ended", "reason"),
        runs=build_run_series(counter, gauge, seconds),
        build=gauge("build_info", "1; the labels say what runs", "version", "revision"),
    )


def present() -> Series | None:
    """Return the series of this process, if it installed some."""
    return _SERIES.get()


def count_request(*, method: str, route: str | None, status: int, seconds: float | None) -> None:
    """Count an answered request; *route* is the rule, *seconds* None where it took no time."""
    series = _SERIES.get()
    if series is None:
        return
    verb = method if method in METHODS else "OTHER"
    rule = route or UNMATCHED
    series.requests.labels(verb, rule, str(status)).inc()
    if seconds is not None:
        series.request_seconds.labels(verb, rule, f"{status // 100}xx").observe(seconds)


def count_rejected(reason: str) -> None:
    """Count a refusal of the edge: ``gate``, ``method``, ``headers``, ``body``, ``websocket``."""
    series = _SERIES.get()
    if series is not None:
        series.rejected.labels(reason).inc()


def set_in_flight(units: int) -> None:
    """Tell how many units of work are under way in this worker."""
    series = _SERIES.get()
    if series is not None:
        series.in_flight.set(units)


def observe_db(outcome: str) -> None:
    """Count a transaction that ended in ``commit``, ``rollback``, ``retry`` or ``unknown``."""
    series = _SERIES.get()
    if series is not None:
        series.transactions.labels(outcome).inc()


def count_event(plugin: str) -> None:
    """Count an audit event of *plugin* whose transaction has committed."""
    series = _SERIES.get()
    if series is not None:
        series.events.labels(plugin).inc()


def set_audit_tree(*, size: int, lag: float, halted: bool) -> None:
    """Tell how far the audit trail is sealed."""
    series = _SERIES.get()
    if series is not None:
        series.tree_size.set(size)
        series.seal_lag.set(lag)
        series.seal_halted.set(int(halted))


def count_signin(outcome: str) -> None:
    """Count a sign-in: ``success``, or the reason it failed as a short fixed word."""
    series = _SERIES.get()
    if series is not None:
        series.signins.labels(outcome).inc()


def count_denied(plugin: str) -> None:
    """Count a request to *plugin* by somebody without the permission."""
    series = _SERIES.get()
    if series is not None:
        series.denied.labels(plugin).inc()


def set_vault_sealed(*, sealed: bool) -> None:
    """Tell whether the vault is sealed in this worker."""
    series = _SERIES.get()
    if series is not None:
        series.vault_sealed.set(int(sealed))


def count_secret_use(plugin: str, outcome: str) -> None:
    """Count a secret that *plugin* asked to use: ``used``, or why it was refused in one word."""
    series = _SERIES.get()
    if series is not None:
        series.secret_uses.labels(plugin, outcome).inc()


def set_plugin_state(plugin: str, state: str) -> None:
    """Tell the state in which *plugin* is in this worker."""
    series = _SERIES.get()
    if series is None:
        return
    for labels in list(series.plugin_state._metrics):  # noqa: SLF001  # there is no public way
        if labels[0] == plugin and labels[1] != state:
            series.plugin_state.labels(*labels).set(0)
    series.plugin_state.labels(plugin, state).set(1)


def set_plugin_start(plugin: str, seconds: float) -> None:
    """Tell how long the start of *plugin* took in this worker."""
    series = _SERIES.get()
    if series is not None:
        series.plugin_start.labels(plugin).set(seconds)


def count_plugin_failure(plugin: str, part: str) -> None:
    """Count a run of a *part* of *plugin* that failed: ``routes``, ``health:ping``."""
    series = _SERIES.get()
    if series is not None:
        series.plugin_failures.labels(plugin, part).inc()


def set_build(*, version: str, revision: str = "") -> None:
    """Tell what runs."""
    series = _SERIES.get()
    if series is not None:
        series.build.labels(version, revision).set(1)


def observe_loop(lag: float) -> None:
    """Note how many seconds late the loop woke up."""
    series = _SERIES.get()
    if series is not None:
        series.loop_lag.observe(max(lag, 0.0))


def observe_process(proc: Path = Path("/proc/self")) -> None:
    """Note memory, processor time and open files of this worker, where there is a /proc."""
    series = _SERIES.get()
    if series is None or not proc.is_dir():
        return
    pages = int((proc / "statm").read_text().split()[1])
    user, system = (proc / "stat").read_text().rpartition(")")[2].split()[11:13]
    series.resident.labels(series.slot).set(pages * _PAGE)
    series.cpu.labels(series.slot).set((int(user) + int(system)) / _TICKS)
    series.open_files.labels(series.slot).set(sum(1 for _ in (proc / "fd").iterdir()))


def render(series: Series | None = None) -> bytes:
    """Return the text of a scrape for all workers; slow (tens of ms), so never on the loop."""
    present = series or _SERIES.get()
    if present is None:
        return b""
    if present.folder is None:
        return generate_latest(present.registry)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, path=str(present.folder))  # type: ignore[no-untyped-call]  # prometheus_client's own
    extra = present.folder / SUPERVISOR_FILE
    own = extra.read_bytes() if extra.is_file() else b""
    return generate_latest(registry) + own
