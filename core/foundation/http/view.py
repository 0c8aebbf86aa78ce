"""The way of one request: named, known, allowed, understood, done, answered."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from foundation import ids
from foundation.audit.events import Target
from foundation.auth.limits import Rate
from foundation.auth.permissions import Permission, Public
from foundation.auth.principal import ANONYMOUS, FormerSession, Principal
from foundation.db.anew import asked_anew
from foundation.db.faults import to_error
from foundation.errors import (
    BadRequest,
    Forbidden,
    FoundationError,
    Invalid,
    Unauthenticated,
    Unavailable,
    UnsupportedMedia,
)
from foundation.http import decode, leaks
from foundation.http.attempt import Call
from foundation.http.context import Caller
from foundation.http.csrf import SAFE, CrossSite, check_origin
from foundation.http.denials import ACCESS_DENIED, CSRF_REFUSED, SESSION_REPLAYED, Refusal
from foundation.http.edge import Edge, actor_of
from foundation.http.etag import is_unchanged, parse_if_match
from foundation.http.exchange import Answer, Incoming
from foundation.http.idempotency import Key, read_key
from foundation.http.plan import NoQuery, Plan
from foundation.http.problems import problem, unexpected
from foundation.http.reply import Stream
from foundation.http.work import perform
from foundation.telemetry.acting import acting
from foundation.telemetry.line import line
from foundation.telemetry.logging import logger
from foundation.telemetry.metrics import count_denied

MAX_AGENT = 400
FAILED_BEARER = Rate("failed-bearer", 20, timedelta(minutes=1), by="address")


async def view(edge: Edge, plan: Plan, incoming: Incoming) -> Answer:
    """Answer one request on *plan*: with its view, or with a problem, never with an exception.

    Only a cancellation passes through: then there is nobody to answer.
    """
    entry = line()
    request_id = entry.setdefault("request_id", str(ids.uuid7()))
    entry["route"], entry["plugin"] = plan.url, plan.plugin
    entry["max_body"] = plan.route.max_body
    try:
        return await _kept(edge, plan, incoming, request_id)
    except FoundationError as refused:
        return problem(refused, request_id)
    except Exception as fault:  # noqa: BLE001  # the last handler: one line, nothing leaves
        return fault_answer(fault, request_id, plugin=plan.plugin)


async def _kept(edge: Edge, plan: Plan, incoming: Incoming, request_id: str) -> Answer:
    """Serve it if the keeper lets it through, and tell the keeper how it ended."""
    ticket = await edge.keeper.admit(plan.plugin)
    unmeant: Exception | None = None
    try:
        with acting(plan.plugin):
            return await _served(edge, plan, incoming, request_id)
    except Exception as fault:
        is_meant = isinstance(fault, FoundationError) or to_error(fault) is not None
        unmeant = None if is_meant else fault
        raise
    finally:
        ticket.ended(unmeant, request_id=request_id)


def fault_answer(fault: Exception, request_id: str, *, plugin: str | None = None) -> Answer:
    """Return the answer to an exception nobody meant: the database's known ones, else a 500."""
    known = to_error(fault)
    if known is not None:
        return problem(known, request_id)
    logger(plugin).error("request_failed", exc_info=fault, request_id=request_id)
    return unexpected(request_id)


async def _served(edge: Edge, plan: Plan, incoming: Incoming, request_id: str) -> Answer:
    route = plan.route
    if incoming.method == "HEAD" and (route.in_transaction or route.streams):
        raise BadRequest("send GET: HEAD changes nothing and follows nothing")
    cookies = decode.parse_cookies(incoming.headers)
    await leaks.refuse_leaks(
        edge, incoming.query, cookies, address=_address(), request_id=request_id
    )
    bearer = decode.parse_bearer(incoming.headers)
    principal = await _who(edge, plan, cookies, bearer, request_id=request_id)
    try:
        return await _answered(edge, plan, incoming, principal, cookies, bearer, request_id)
    except Forbidden as refused:
        await _tell(edge, plan, principal, refused, request_id=request_id)
        raise


async def _answered(
    edge: Edge,
    plan: Plan,
    incoming: Incoming,
    principal: Principal,
    cookies: Mapping[str, str],
    bearer: str | None,
    request_id: str,
) -> Answer:
    route = plan.route
    _admit(plan, principal)
    if route.sensitive or (isinstance(route.needs, Permission) and route.needs.sensitive):
        principal.require_fresh(edge.clock.now())
    if bearer is None and not route.cross_site:
        # A stream tells what happens for as long as it is open: no other site may open one.
        method = "STREAM" if route.streams else incoming.method
        check_origin(method, incoming.headers, public_origin=edge.public_origin)
    path = decode.parse_path(incoming.path, plan.path)
    body = b""
    if incoming.method not in SAFE:
        media = decode.FORM if route.form else "application/json"
        try:
            body = await decode.read_body(incoming, route.max_body, media=media)
        except UnsupportedMedia as refused:
            raise _of_form(plan, refused) from None
    try:
        arguments = path | _arguments(plan, incoming, body)
    except Invalid as refused:
        raise _of_form(plan, refused) from None
    if edge.limiter is not None:
        for rate in route.limits:
            take = partial(edge.limiter.take, rate, principal=principal, address=_address())
            await asked_anew(take)
    call = Call(
        plan=plan,
        request_id=request_id,
        principal=principal,
        caller=_caller(incoming, cookies),
        arguments=arguments,
        key=_key(edge, plan, incoming, principal, body),
        begin=_begin(edge, incoming, cookies, bearer) if route.streams else None,
    )
    answer = await perform(edge, call)
    unchanged = is_unchanged(answer.header("ETag"), incoming.headers.one("if-none-match"))
    if unchanged and incoming.method in SAFE and answer.status == 200:
        kept = tuple(pair for pair in answer.headers if pair[0] != "Content-Type")
        return Answer(304, b"", kept)
    return answer


def _of_form(plan: Plan, refused: FoundationError) -> FoundationError:
    """Return *refused*, as the 400 that the protocols want whose requests are forms."""
    return BadRequest(refused.detail or refused.title) if plan.route.form else refused


async def _who(
    edge: Edge, plan: Plan, cookies: Mapping[str, str], bearer: str | None, *, request_id: str
) -> Principal:
    """Return whoever asks; on a public route nobody has to be somebody, or the database there."""
    if bearer is not None and any(name.startswith("__Host-foundation_session") for name in cookies):
        raise BadRequest("send a cookie or a bearer, not both")
    try:
        principal = await asked_anew(lambda: edge.identify(cookies, bearer))
    except (Unauthenticated, Unavailable, SQLAlchemyError) as refused:
        if bearer is not None and isinstance(refused, Unauthenticated):
            await _refuse_bearer(edge, plan, request_id=request_id)
        is_told = isinstance(to_error(refused), Unauthenticated | Unavailable)
        if not is_told or not isinstance(plan.route.needs, Public):
            raise
        principal = ANONYMOUS
    if principal.former is not None:
        await _tell_replay(edge, principal.former, request_id=request_id)
    if principal.id is not None:
        line()["user_id"] = str(principal.id)
    if principal.session is not None:
        line()["session"] = str(principal.session.public_id)
    return principal


async def _refuse_bearer(edge: Edge, plan: Plan, *, request_id: str) -> None:
    """Count and tell a bearer that is none; raises `TooMany` when an address tries many."""
    if edge.limiter is not None:
        await edge.limiter.take(FAILED_BEARER, principal=ANONYMOUS, address=_address())
    if edge.denials is not None:
        refusal = Refusal(
            ACCESS_DENIED, actor_of(ANONYMOUS), "accounts", _address(), plan.route.method,
            plan.url, "bearer",
        )  # fmt: skip
        await edge.denials.tell(refusal, request_id=request_id)


async def _tell_replay(edge: Edge, former: FormerSession, *, request_id: str) -> None:
    """Tell that the cookie of an ended session came back; the same one once in a minute."""
    if edge.denials is None:
        return
    target = Target("session", str(former.public_id), former.name)
    refusal = Refusal(
        SESSION_REPLAYED, actor_of(ANONYMOUS), "accounts", _address(), "", "", former.reason,
        target=target,
    )  # fmt: skip
    await edge.denials.tell(refusal, request_id=request_id)


async def _tell(
    edge: Edge, plan: Plan, principal: Principal, refused: Forbidden, *, request_id: str
) -> None:
    if edge.denials is None:
        return
    refusal = Refusal(
        CSRF_REFUSED if isinstance(refused, CrossSite) else ACCESS_DENIED,
        actor_of(principal),
        "accounts",
        _address(),
        plan.route.method,
        plan.url,
        refused.code,
        str(refused.extra.get("permission", "")),
    )
    await edge.denials.tell(refusal, request_id=request_id)


def _address() -> str:
    return str(line().get("client") or "")


def _admit(plan: Plan, principal: Principal) -> None:
    try:
        principal.require(plan.route.needs)
    except Forbidden:
        count_denied(plan.plugin)
        raise


def _arguments(plan: Plan, incoming: Incoming, body: bytes) -> dict[str, Any]:
    """Return what the handler takes beside the path, each as it declares it."""
    found: dict[str, Any] = {}  # as the handler's annotations say
    if plan.body is None:
        decode.refuse_fields(body)
    elif plan.route.form:
        found["body"] = decode.parse_form(body, plan.body)
    else:
        found["body"] = decode.parse_body(body, plan.body)
    # A route for other sites gets what they send; it reads the query itself, by ctx.caller.
    if plan.query is not None:
        found["query"] = decode.parse_query(incoming.query, plan.query)
    elif not plan.route.cross_site:
        decode.parse_query(incoming.query, NoQuery)
    if plan.wants_version:
        found["expected"] = parse_if_match(incoming.headers.one("if-match"))
    return found


def _key(
    edge: Edge, plan: Plan, incoming: Incoming, principal: Principal, body: bytes
) -> Key | None:
    if not plan.keyed:
        return None
    asked = "\0".join(incoming.path.values()).encode() + b"\0" + body
    header = incoming.headers.one("idempotency-key")
    return read_key(
        header,
        actor_id=principal.id,
        route=plan.name,
        fingerprint=partial(edge.fingerprint, asked),
    )


def _begin(
    edge: Edge, incoming: Incoming, cookies: Mapping[str, str], bearer: str | None
) -> Callable[[Stream], AsyncIterator[bytes]]:
    still = partial(edge.still or edge.identify, cookies, bearer)
    sent = incoming.headers.one("last-event-id") or ""
    return lambda stream: stream.frames(still, sent)


def _caller(incoming: Incoming, cookies: Mapping[str, str]) -> Caller:
    agent = " ".join(incoming.headers.all("user-agent"))[:MAX_AGENT]
    return Caller(
        address=_address(),
        user_agent="".join(letter if letter.isprintable() else "?" for letter in agent),
        cookies=cookies,
        query=incoming.query.decode("ascii", "replace"),
    )
