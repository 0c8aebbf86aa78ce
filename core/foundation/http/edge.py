"""What the edge needs to serve any route: built once at start, given to each request."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.audit.record import Recorder
from foundation.auth.limits import Limiter
from foundation.auth.principal import Principal
from foundation.clock import Clock
from foundation.db.engine import Database
from foundation.http.context import Caller, Context, Services
from foundation.http.denials import Denials
from foundation.http.keeper import Keeper, Open
from foundation.telemetry.line import outlives
from foundation.telemetry.logging import logger

T = TypeVar("T")

Identify = Callable[[Mapping[str, str], str | None], Awaitable[Principal]]
"""From cookies and a bearer to whoever asks; raises `Unauthenticated` for a wrong bearer."""

HANDLER_LIMIT_S = 20.0


@dataclass(slots=True)
class Units:
    """The units of work in flight. One goes on when its client leaves, and a drain waits for it."""

    tasks: set[asyncio.Task[Any]] = field(default_factory=set)  # tasks of any result

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start *work* in a task of its own that nobody's leaving cancels."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        outlives(task)
        return task

    async def ended(self) -> None:
        """Wait until no unit is in flight."""
        while self.tasks:
            await asyncio.wait(tuple(self.tasks))


@dataclass(frozen=True, slots=True)
class Edge:
    """The parts of Foundation that stand between a request and a handler.

    *public_origin* is what ``Origin`` must equal; *headers* are those of every answer;
    *fingerprint* is a keyed hash, under which a request is known again. *limiter* and *denials*
    are absent only where nothing is limited and nothing told. *still* is `identify` for a stream
    that goes on: it asks the database, and does not count as use.
    """

    database: Database
    identify: Identify
    services: Services
    recorder: Recorder
    clock: Clock
    public_origin: str
    headers: tuple[tuple[str, str], ...]
    fingerprint: Callable[[bytes], bytes]
    units: Units = field(default_factory=Units)
    keeper: Keeper = field(default_factory=Open)
    limit_s: float = HANDLER_LIMIT_S
    limiter: Limiter | None = None
    denials: Denials | None = None
    still: Identify | None = None
    sync: Literal["off", "warn", "refuse"] = "off"

    def context(
        self,
        db: AsyncSession,
        *,
        plugin: str,
        principal: Principal,
        request_id: str,
        caller: Caller,
        writes: bool,
    ) -> Context:
        """Return the context for code of *plugin* on the session *db*."""
        return Context(
            request_id=request_id,
            principal=principal,
            plugin=plugin,
            db=db,
            clock=self.clock,
            log=logger(plugin, request_id=request_id),
            caller=caller,
            services=self.services,
            recorder=self.record if writes else refuse_to_record,
        )

    def record(self, ctx: Context, event: Event) -> None:
        """Record *event* in the transaction of *ctx*, done by its principal."""
        self.recorder.record(ctx.db, event, source_of(ctx))


def refuse_to_record(ctx: Context, event: Event) -> None:  # noqa: ARG001  # as `Edge.record`
    """Stand in for `Edge.record` on a route that only reads: it has no transaction to ride in."""
    raise ValueError(f"{event.type.name} cannot be recorded: this route only reads")


def actor_of(principal: Principal) -> Actor:
    """Return *principal* as the trail names it: the e-mail where there is no name."""
    session = principal.session.public_id if principal.session else None
    return Actor(principal.kind, principal.id, principal.name or principal.email, session)


def source_of(ctx: Context) -> Source:
    """Return where an event recorded through *ctx* comes from."""
    return Source(actor_of(ctx.principal), ctx.plugin, ctx.request_id)
