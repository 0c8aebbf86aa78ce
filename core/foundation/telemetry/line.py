"""The line of the present request: what inner code adds, and what the edge writes at the end.

A contextvar that is set inside a handler never flows out, so the edge binds one dict before the
framework runs, and everybody writes into that.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_LINE: ContextVar[dict[str, Any]] = ContextVar("foundation_line")  # values of any loggable kind
_UNITS: ContextVar[set[asyncio.Task[Any]]] = ContextVar("foundation_units")  # tasks of any result


def line() -> dict[str, Any]:
    """Return the dict of the present request, or a throwaway one outside a request.

    The edge puts ``request_id``, ``trace_id``, ``span_id`` and ``client`` there; inner code adds
    ``user_id``, ``session``, ``route``, ``plugin``, ``db_ms``, ``db_n`` and ``outcome``.
    ``max_body`` (bytes) is read by the edge when the body is first asked for.
    """
    return _LINE.get({})


def outlives(task: asyncio.Task[Any]) -> None:
    """Tell the edge that *task* goes on when the client leaves.

    Its place at the gate stays taken, and a drain waits for it, until it ends.
    """
    units = _UNITS.get(None)
    if units is not None:
        units.add(task)
        task.add_done_callback(units.discard)


@contextmanager
def bound(values: dict[str, Any], units: set[asyncio.Task[Any]]) -> Iterator[dict[str, Any]]:
    """Make *values* the line, and *units* the tasks that outlive it, inside the block."""
    line_token, units_token = _LINE.set(values), _UNITS.set(units)
    try:
        yield values
    finally:
        _UNITS.reset(units_token)
        _LINE.reset(line_token)
