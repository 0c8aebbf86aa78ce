"""One request, one transaction: retried where that is safe, finished when the client leaves."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation.audit import guard
from foundation.audit.record import leaves_of, recorded
from foundation.audit.sync import is_proved
from foundation.auth.principal import Principal
from foundation.db.faults import OutcomeUnknown, is_retryable
from foundation.errors import FoundationError, Unavailable
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

SOON = {"Retry-After": "1"}
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
class _Progress:
    """How far one run got; *committing* from the handler's end until the commit is confirmed."""

    committing: bool = False
    awaited: list[UUID] = field(default_factory=list)


async def perform(edge: Edge, call: Call) -> Answer:
    """Do the work of *call* and return its answer, which exists only once it is committed.

    The work has a task of its own: when the client leaves, it goes on to its end (a cancelled
    transaction may have committed, and costs a connection). Raises what the handler raises.
    """
    task = edge.units.start(_limited(edge, call))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        line()["outcome"] = "client_gone"
        task.add_done_callback(_tell_fault)
        raise


async def _limited(edge: Edge, call: Call) -> Answer:
    """Give the work its time; raises `Unavailable` when that is over and all is undone."""
    progress = _Progress()
    limit = asyncio.timeout(edge.limit_s)
    try:
        async with limit:
            return await _repeated(edge, call, progress)
    except TimeoutError:
        if not limit.expired():
            raise
        if progress.committing:
            raise OutcomeUnknown("the time was over during the commit", headers=SOON) from None
        raise Unavailable("it took too long and was undone", headers=SOON) from None


async def _repeated(edge: Edge, call: Call, progress: _Progress) -> Answer:
    """Run the handler, anew where the database asks for it and the route allows it.

    A connection lost during COMMIT is `OutcomeUnknown`, which is never repeated: only the
    caller, who has the idempotency key, may ask again.
    """
    attempt = 0
    while True:
        attempt += 1
        progress.committing = False
        try:
            answer = await _once(edge, call, progress)
        except Exception as fault:
            outcome = _outcome(call, fault, attempt)
            if call.plan.route.in_transaction:
                observe_db(outcome)
            if outcome != "retry":
                raise
        else:
            await _proved(edge, progress.awaited)
            return answer
        await asyncio.sleep(random.uniform(0.005, 0.05))  # noqa: S311  # jitter is no secret


def _outcome(call: Call, fault: Exception, attempt: int) -> str:
    if isinstance(fault, OutcomeUnknown):
        return "unknown"
    may = call.plan.route.retry_safe and is_retryable(fault, attempt=attempt)
    return "retry" if may else "rollback"


async def _once(edge: Edge, call: Call, progress: _Progress) -> Answer:
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


async def _proved(edge: Edge, events: Sequence[UUID]) -> None:
    """Wait for the proof of *events*, where that is wanted; raises `Unavailable`.

    What they tell of has happened. What it gives, such as a secret, does not leave unproved.
    """
    if edge.sync == "off" or not events or await is_proved(edge.database, events):
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


def _tell_fault(task: asyncio.Task[Answer]) -> None:
    """Log how work ended badly that nobody waits for any more."""
    fault = None if task.cancelled() else task.exception()
    if fault is not None and not isinstance(fault, FoundationError):
        logger().error("work_failed_after_client_left", exc_info=fault)
