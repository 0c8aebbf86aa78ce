"""A worker: one process that serves the application on the socket it was handed."""

import asyncio
import gc
import pkgutil
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import hypercorn.asyncio
import uvloop
from hypercorn.config import Config

from foundation import __version__
from foundation.asgi.caller import networks
from foundation.asgi.config import worker_config
from foundation.asgi.edge import Edge
from foundation.asgi.gate import Gate
from foundation.asgi.link import Link, die_with_parent, watch_lifeline
from foundation.asgi.messages import Application
from foundation.asgi.probes import Part, Probes
from foundation.asgi.pulse import Pulse
from foundation.clock import Clock, SystemClock
from foundation.errors import FoundationError
from foundation.secret import Secret
from foundation.settings import Settings, SettingsRefused, read_settings
from foundation.telemetry import metrics
from foundation.telemetry.logging import configure, logger
from foundation.telemetry.scrape import Scrape

DRAINED, NOT_STARTED, CUT = 0, 3, 5
_ORPHAN_DRAIN = 2.0
_UNIT_SECONDS = 5.0


class App(Protocol):
    """What a worker serves."""

    @property
    def asgi(self) -> Application:
        """The ASGI application."""

    def readiness(self) -> Sequence[Part]:
        """Return what readiness looks at, as last seen; must not block."""

    def drain(self) -> None:
        """Be told that the end has begun: what would go on for ever ends now."""


class Running(Protocol):
    """Makes the application and holds it open; `foundation.app.running` is one."""

    def __call__(
        self, settings: Settings, *, clock: Clock, environ: Mapping[str, str]
    ) -> AbstractAsyncContextManager[App]:
        """Return the application's lifetime."""


@dataclass(frozen=True, slots=True)
class Post:
    """What the supervisor hands a worker: descriptors, its place, and the name of the application.

    *slot* is the place among the workers, *series* the name of its metric files, *parent* the
    supervisor's pid, *graceful* the seconds that requests get at the end.
    """

    socket: int
    link: int
    lifeline: int
    parent: int
    slot: int
    series: int
    app: str
    graceful: float = 25.0


def run(post: Post, environ: Mapping[str, str]) -> int:
    """Serve until told to stop, and return the exit code: 0 drained, 3 not started, 5 cut."""
    if not die_with_parent(post.parent):
        return NOT_STARTED
    link = Link(post.link)
    try:
        settings = read_settings(environ)
        _tell_where_we_are(settings, post, environ)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_Worker(post, link, settings, environ).serve())
    except Exception as failure:  # noqa: BLE001  # whatever it is, the supervisor shows it
        link.failed(_reason(failure))
        if not isinstance(failure, FoundationError | SettingsRefused | OSError):
            logger().error("worker_not_started", exc_info=failure)
        return NOT_STARTED


class _Worker:
    def __init__(
        self, post: Post, link: Link, settings: Settings, environ: Mapping[str, str]
    ) -> None:
        self._post = post
        self._settings = settings
        self._environ = environ
        self._link = link
        self._gate = Gate()
        self._pulse = Pulse(link)
        self._stop = asyncio.Event()
        self._drain: Callable[[], None] = lambda: None
        self._config = worker_config(descriptor=post.socket, graceful=post.graceful)

    async def serve(self) -> int:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stop.set)
        watch_lifeline(self._post.lifeline, lambda: loop.call_soon_threadsafe(self._orphaned))
        running = cast("Running", pkgutil.resolve_name(self._post.app))
        pulse = asyncio.create_task(self._pulse.run())
        opening = running(self._settings, clock=SystemClock(), environ=self._environ)
        try:
            async with opening as app:
                self._drain = app.drain
                return await self._drained(self._edge(app))
        finally:
            pulse.cancel()

    def _edge(self, app: App) -> Edge:
        probes = Probes(
            readiness=app.readiness,
            lag=self._pulse.lag,
            draining=self._stop.is_set,
            scrape=Scrape(),
            token=self._settings.metrics_token,
        )
        return Edge(
            app.asgi,
            probes=probes,
            gate=self._gate,
            log=logger(),
            trusted=networks(self._settings.trusted_proxies),
            is_https=self._settings.public_url.startswith("https:"),
        )

    async def _drained(self, edge: Edge) -> int:
        """Serve, and after the signal see to it that everything begun has ended."""
        serve = cast("_Serve", hypercorn.asyncio.serve)
        try:
            await serve(edge, self._config, shutdown_trigger=self._until_stopped)
            async with asyncio.timeout(_UNIT_SECONDS):
                await self._gate.empty()  # work whose client has left
        except (asyncio.CancelledError, TimeoutError):
            # On some Pythons hypercorn trips over the future it cancels at the end of a drain;
            # nobody else cancels this task.
            self._gate.was_cut = True
        if self._gate.was_cut:
            logger().warning("drain_cut", units=self._gate.taken)
            return CUT
        return DRAINED

    async def _until_stopped(self) -> None:
        # Modules, plugins and routes stay for good: no collection need look at them again.
        gc.freeze()
        gc.enable()
        # hypercorn awaits this once its listeners are open, which no other callback tells.
        self._link.ready()
        await self._stop.wait()
        self._drain()

    def _orphaned(self) -> None:
        self._config.graceful_timeout = _ORPHAN_DRAIN
        self._stop.set()


class _Serve(Protocol):
    """The part of `hypercorn.asyncio.serve` used here; its own types want exact TypedDicts."""

    async def __call__(
        self, app: Edge, config: Config, *, shutdown_trigger: Callable[[], object]
    ) -> None: ...


def _tell_where_we_are(settings: Settings, post: Post, environ: Mapping[str, str]) -> None:
    """Set up logs and metrics of this process, before anything else runs."""
    folder = environ.get(metrics.FOLDER_VARIABLE)
    given = (getattr(settings, name) for name in Settings.model_fields)
    configure(
        level=settings.log_level,
        levels=settings.log_levels,
        environment=settings.environment,
        version=__version__,
        slot=post.slot,
        secrets=[value for value in given if isinstance(value, Secret)],
        lock=Path(folder) / "log.lock" if folder else None,
    )
    metrics.install(Path(folder) if folder else None, slot=post.series)
    metrics.set_build(version=__version__)


def _reason(failure: Exception) -> str:
    if isinstance(failure, FoundationError | SettingsRefused):
        return str(failure)
    return f"{type(failure).__name__}: {failure}".strip(": ")
