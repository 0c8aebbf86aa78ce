"""Whose code is running: the id of the plugin, known to whatever the code reaches."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ACTING: ContextVar[str | None] = ContextVar("foundation_acting", default=None)


def acting_plugin() -> str | None:
    """Return the id of the plugin whose code runs here, or None; tasks and threads inherit it."""
    return _ACTING.get()


@contextmanager
def acting(plugin: str) -> Iterator[None]:
    """Let the code of the block be that of *plugin*."""
    token = _ACTING.set(plugin)
    try:
        yield
    finally:
        _ACTING.reset(token)
