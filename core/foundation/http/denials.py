"""Refusals in the trail: the first at once, those like it within a minute as one with a count.

What is refused writes nothing, so these events have transactions of their own; a process that
ends takes the open counts with it, and nothing else.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from sqlalchemy.exc import SQLAlchemyError

from foundation.audit.actor import Actor, Source
from foundation.audit.events import Detail, Event, EventType, Plain, Target
from foundation.audit.record import Recorder
from foundation.clock import Clock
from foundation.db.anew import asked_anew
from foundation.db.engine import Database
from foundation.errors import Unavailable
from foundation.telemetry.logging import logger

WINDOW = timedelta(seconds=60)
MOST_KINDS = 1_000
"""Kinds of refusal counted at a time; beyond it each further one is only logged."""


class Denial(Detail):
    """What was refused, how often, between when and when, and which right was missing."""

    address: Annotated[str, Plain]
    method: Annotated[str, Plain]
    route: Annotated[str, Plain]
    permission: Annotated[str, Plain] = ""
    count: Annotated[int, Plain] = 1
    first_at: Annotated[str, Plain] = ""
    last_at: Annotated[str, Plain] = ""


class Replay(Detail):
    """From where the cookie of an ended session came, how often, and between when and when."""

    address: Annotated[str, Plain]
    count: Annotated[int, Plain] = 1
    first_at: Annotated[str, Plain] = ""
    last_at: Annotated[str, Plain] = ""


ACCESS_DENIED = EventType(
    "accounts.access.denied", "Access denied", Denial, severity="high", owasp=("authz_fail",)
)
CSRF_REFUSED = EventType(
    "accounts.csrf.refused",
    "Request of another site refused",
    Denial,
    severity="high",
    owasp=("malicious_cors",),
)
SESSION_REPLAYED = EventType(
    "accounts.session.replayed",
    "Ended session used again",
    Replay,
    severity="high",
    targets=("session",),
    owasp=("session_use_after_expire",),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal: two that are equal are told together; *route* is "" where any will do."""

    type: EventType
    actor: Actor
    plugin: str
    address: str
    method: str
    route: str
    reason: str
    permission: str = ""
    target: Target | None = None


@dataclass(slots=True)
class _Tally:
    first_at: datetime
    last_at: datetime
    request_id: str
    more: int = 0


class Denials:
    """Tells the trail what was refused; one object for each process."""

    def __init__(self, database: Database, recorder: Recorder, clock: Clock) -> None:
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._open: dict[Refusal, _Tally] = {}
        self._timers: dict[Refusal, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def tell(self, refusal: Refusal, *, request_id: str) -> None:
        """Record *refusal* now if it is the first of its kind, else count it."""
        now = self._clock.now()
        tally = self._open.get(refusal)
        if tally is not None:
            tally.more, tally.last_at, tally.request_id = tally.more + 1, now, request_id
            return
        if len(self._open) >= MOST_KINDS:
            logger().warning("refusals_not_recorded", route=refusal.route)
            return
        self._open[refusal] = _Tally(now, now, request_id)
        loop = asyncio.get_running_loop()
        self._timers[refusal] = loop.call_later(WINDOW.total_seconds(), self._over, refusal)
        await self._write(refusal, request_id=request_id)

    async def close(self) -> None:
        """Write what was counted so far."""
        for timer in self._timers.values():
            timer.cancel()
        for refusal in tuple(self._open):
            self._over(refusal)
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def _over(self, refusal: Refusal) -> None:
        """End the minute of *refusal*: what came after the first is one event."""
        tally = self._open.pop(refusal)
        self._timers.pop(refusal, None)
        if tally.more:
            task = asyncio.get_running_loop().create_task(self._write_tally(refusal, tally))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _write_tally(self, refusal: Refusal, tally: _Tally) -> None:
        times = {"first_at": tally.first_at.isoformat(), "last_at": tally.last_at.isoformat()}
        await self._write(refusal, request_id=tally.request_id, count=tally.more, **times)

    async def _write(self, refusal: Refusal, *, request_id: str, **told: Any) -> None:
        if refusal.route:
            told |= {name: getattr(refusal, name) for name in ("method", "route", "permission")}
        event: Event = refusal.type(
            refusal.target,
            outcome="denied",
            reason=refusal.reason,
            address=refusal.address,
            **told,
        )
        source = Source(refusal.actor, refusal.plugin, request_id)

        async def write() -> None:
            async with self._database.transaction() as db:
                self._recorder.record(db, event, source)

        try:
            await asked_anew(write)
        except (SQLAlchemyError, Unavailable) as away:
            # The refusal stands, with or without the trail; the log line is what is left of it.
            logger().error("refusal_not_recorded", fault=type(away).__name__, route=refusal.route)
