"""A request's work, to its end: in time, retried where that is safe, client or no client."""

import asyncio

from foundation.db.anew import moment
from foundation.db.faults import OutcomeUnknown, is_retryable
from foundation.errors import FoundationError, Unavailable
from foundation.http.attempt import Call, Progress, attempt, proved
from foundation.http.edge import Edge
from foundation.http.exchange import Answer
from foundation.telemetry.line import line
from foundation.telemetry.logging import logger
from foundation.telemetry.metrics import observe_db

SOON = {"Retry-After": "1"}


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
    progress = Progress()
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


async def _repeated(edge: Edge, call: Call, progress: Progress) -> Answer:
    """Run the handler, anew where the database asks for it and the route allows it.

    A connection lost during COMMIT is `OutcomeUnknown`, which is never repeated: only the
    caller, who has the idempotency key, may ask again.
    """
    count = 0
    while True:
        count += 1
        progress.committing = False
        try:
            answer = await attempt(edge, call, progress)
        except Exception as fault:
            outcome = _outcome(call, fault, count)
            if call.plan.route.in_transaction:
                observe_db(outcome)
            if outcome != "retry":
                raise
        else:
            await proved(edge, progress.awaited)
            return answer
        await moment()


def _outcome(call: Call, fault: Exception, count: int) -> str:
    if isinstance(fault, OutcomeUnknown):
        return "unknown"
    may = call.plan.route.retry_safe and is_retryable(fault, attempt=count)
    return "retry" if may else "rollback"


def _tell_fault(task: asyncio.Task[Answer]) -> None:
    """Log how work ended badly that nobody waits for any more."""
    fault = None if task.cancelled() else task.exception()
    if fault is not None and not isinstance(fault, FoundationError):
        logger().error("work_failed_after_client_left", exc_info=fault)
