"""What plugins' pages say of themselves, as log lines of the server: few, short and attributed."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from foundation.errors import NotFound, TooMany
from foundation.http.context import Context
from foundation.http.models import Request
from foundation.plugins.running import running

LINES = 30
"""What one person's browser may write in a minute; a page that loops would fill the log."""

MINUTE_S = 60.0

LARGEST = 8_192
"""Bytes of one request; a stack trace fits."""


class PageLine(Request):
    """One line of a page."""

    level: Literal["info", "warn", "error"]
    message: Annotated[str, Field(min_length=1, max_length=1000)]
    data: Annotated[str, Field(max_length=4000)] = ""


@dataclass(slots=True)
class Pace:
    """Counts lines by person, in one worker; a minute without a line forgets the person."""

    most: int = LINES
    _minutes: MutableMapping[str, tuple[float, int]] = field(default_factory=dict)

    def take(self, who: str, now: float) -> bool:
        """Tell whether *who* may write one more line now."""
        started, written = self._minutes.get(who, (now, 0))
        if now - started >= MINUTE_S:
            self._minutes = {
                id: (then, many)
                for id, (then, many) in self._minutes.items()
                if now - then < MINUTE_S
            }
            started, written = now, 0
        if written >= self.most:
            return False
        self._minutes[who] = (started, written + 1)
        return True


def write_page_line(ctx: Context, plugin: str, body: PageLine, pace: Pace) -> None:
    """Write one line under the id of *plugin*; raises `NotFound` and `TooMany`."""
    if not any(known.id == plugin for known in ctx.get(running).registry.started):
        raise NotFound("no such plugin")
    if not pace.take(str(ctx.principal.id), ctx.clock.now().timestamp()):
        raise TooMany("this page writes too many lines", headers={"Retry-After": "60"})
    log = ctx.acting_as(plugin).log
    write: Callable[..., Any] = {"info": log.info, "warn": log.warning, "error": log.error}[
        body.level
    ]
    write("page.said", said=body.message, data=body.data or None)
