"""Logs: one JSON object a line on stdout, from our own code and from everybody else's.

Our own code logs natively, because the way through the standard library costs three times as
much; records of other libraries come over a bridge and end in the same form.
"""

import logging
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, cast

import structlog
from structlog.typing import FilteringBoundLogger

from foundation.secret import Secret
from foundation.telemetry import live
from foundation.telemetry.redact import Redactor
from foundation.telemetry.render import Renderer, fixed_fields
from foundation.telemetry.sink import Sink

_TALKATIVE = (
    "alembic", "asyncio", "asyncpg", "authlib", "hpack", "httpcore", "httpx", "httpx2",
    "hypercorn", "quart", "sqlalchemy", "urllib3",
)  # fmt: skip
"""Libraries whose INFO says what they send; only their warnings are let through."""


class _Bridge(logging.Handler):
    """Takes the records of the standard library to the same renderer and sink."""

    def __init__(self, renderer: Renderer, sink: Sink) -> None:
        super().__init__()
        self._renderer = renderer
        self._sink = sink

    def emit(self, record: logging.LogRecord) -> None:
        values: dict[str, Any] = {"logger": record.name, "exc_info": record.exc_info}
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001  # arguments that do not fit the message
            message = str(record.msg)
        self._sink.msg(self._renderer.render(record.levelname.lower(), message, values))


def configure(
    *,
    level: str = "info",
    levels: Literal["word", "number"] = "word",
    environment: str = "production",
    version: str = "",
    slot: int | None = None,
    secrets: Iterable[Secret] = (),
    descriptor: int = 1,
    lock: Path | None = None,
) -> Sink:
    """Send every log line, warning and uncaught exception of this process to *descriptor*.

    *secrets* are the configured ones, whose values are taken out of any line. *lock* is a file
    that the processes writing to the same descriptor share. Called once by each process.
    """
    fixed = fixed_fields(slot=slot, environment=environment, version=version)
    renderer = Renderer(Redactor.knowing(secrets), levels, fixed, live.install())
    sink = Sink(descriptor, lock=lock)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: sink,
        cache_logger_on_first_use=True,
    )
    _bridge(_Bridge(renderer, sink), level.upper())
    _catch(renderer, sink)
    return sink


def plain() -> None:
    """Write lines for people, for as long as nobody has called `configure`: in tests.

    Left to itself structlog draws every variable of every frame below a fault. That takes a
    minute where a frame holds the application, and shows what no log may show.
    """
    console = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    merge, level = structlog.contextvars.merge_contextvars, structlog.processors.add_log_level
    structlog.configure(processors=[merge, level, console])


def logger(plugin: str | None = None, **bound: str) -> FilteringBoundLogger:
    """Return a logger, whose lines carry *plugin* when it is given, and what is *bound*.

    It is set up when it first writes: most requests write nothing.
    """
    fresh = structlog.get_logger(**({"plugin": plugin} if plugin else {}), **bound)
    return cast("FilteringBoundLogger", fresh)


def _bridge(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False


def _catch(renderer: Renderer, sink: Sink) -> None:
    """Write exceptions that nobody caught as lines, instead of as text on stderr."""

    def uncaught(
        kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        values = {"exc_info": (kind, fault, trace)}
        sink.msg(renderer.render("critical", "uncaught exception", values))

    def in_thread(given: threading.ExceptHookArgs) -> None:
        values = {"exc_info": given.exc_value}
        sink.msg(renderer.render("critical", "uncaught exception in a thread", values))

    def unraisable(given: "sys.UnraisableHookArgs") -> None:
        values = {"exc_info": given.exc_value, "where": repr(given.object)[:200]}
        sink.msg(renderer.render("error", "exception nobody could raise", values))

    sys.excepthook = uncaught
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
