"""One attempt at a request's work: one session, the handler, its commit, and the proof of it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation.audit import guard
from foundation.audit.record import leaves_of, recorded
from foundation.audit.sync import is_proved
from foundation.auth.principal import Principal
from foundation.db.anew import asked_anew
from foundation.errors import Unavailable
from foundation.http import idempotency
from foundation.http.context import Caller, Context
from foundation.http.edge import Edge
from foundation.http.encode import encode, streamed
from foundation.http.exchange import Answer
from foundation.http.idempotency import Key
from foundation.http.plan import Plan
from foundation.http.reply import Stream
from foundation.telemetry.line import line
from foundation.telemetry.logging import logger
from foundation.telemetry.metrics import count_event, observe_db

MOST_RECEIPTS = 50


@dataclass(frozen=True, slots=True)
class Call:
    """A request that may be done and is understood: the handler's arguments and its context's.

    *begin* turns a `Stream` into what it will say, once this work and its session are over.
    """

    plan: Plan
    request_id: str
    principal: Principal
    caller: Caller
    arguments: Mapping[str, Any]  # as the handler's annotations say
    key: Key | None = None
    begin: Callable[[Stream], AsyncIterator[bytes]] | None = None


@dataclass(slots=True)
class Progress:
    """How far an attempt got; *committing* from the handler's end until the commit is sure."""

    committing: bool = False
    awaited: list[UUID] = field(default_factory=list)


async def attempt(edge: Edge, call: Call, progress: Progress) -> Answer:
    """Run the handler in a session of its own and commit what it did."""
    writes = call.plan.route.in_transaction
    async with edge.database.transaction() if writes else edge.database.reading() as db:
        if writes:
            guard.watch(db)
        context = edge.context(
            db,
            plugin=call.plan.plugin,
            principal=call.principal,
            request_id=call.request_id,
            caller=call.caller,
            writes=writes,
        )
        answer = await _handled(call, context)
        progress.committing = writes
    if writes:
        observe_db("commit")
    for plugin in recorded(db):
        count_event(plugin)
    if leaves := leaves_of(db):
        line()["receipts"] = [leaf.receipt() for leaf in leaves[:MOST_RECEIPTS]]
        progress.awaited = [leaf.id for leaf in leaves if leaf.sync]
    return answer


async def proved(edge: Edge, events: Sequence[UUID]) -> None:
    """Wait for the proof of *events*, where that is wanted; raises `Unavailable`.

    What they tell of has happened. What it gives, such as a secret, does not leave unproved.
    """
    if edge.sync == "off" or not events:
        return
    if await asked_anew(lambda: is_proved(edge.database, events)):
        return
    logger().warning("audit_proof_late", events=[str(id) for id in events])
    if edge.sync == "refuse":
        raise Unavailable("it was done and recorded, and the record is not proved yet")


async def _handled(call: Call, context: Context) -> Answer:
    """Call the handler, unless its answer is already known by the request's key."""
    if call.key is not None:
        known = await idempotency.claim(context.db, call.key)
        if known is not None:
            return known
    result = await call.plan.route.handler(context, **call.arguments)
    if isinstance(result, Stream) and call.begin is not None:
        return streamed(call.begin(result))
    # Before the commit: what cannot be encoded is undone instead of done and not answered.
    answer = encode(call.plan, result)
    if call.key is not None:
        await idempotency.keep(context.db, call.key, answer)
    return answer
