"""From what a handler returns to the answer that leaves: declared fields only."""

from collections.abc import AsyncIterator

from pydantic import BaseModel

from foundation.http.etag import etag
from foundation.http.exchange import EVENTS, JSON, Answer
from foundation.http.models import Versioned
from foundation.http.plan import Plan
from foundation.http.reply import Reply


def encode(plan: Plan, result: object) -> Answer:
    """Return the answer for *result*: a view, a `Reply`, or None for 204.

    Raises `TypeError` for anything else, another view than the declared one too. What leaves is
    drawn by the declared view, so a field that only a subclass has stays here.
    """
    reply = result if isinstance(result, Reply) else None
    view = reply.body if reply else result
    if view is not None and not isinstance(view, BaseModel):
        raise TypeError(f"{plan.name} returned a {type(view).__name__}, which is no View")
    status = reply.status if reply and reply.status is not None else plan.route.status
    if view is None:
        empty = status if status >= 300 or reply else 204
        return Answer(empty, b"", _own(reply))
    headers = [("Content-Type", JSON), *_own(reply)]
    if isinstance(view, Versioned) and not any(name.lower() == "etag" for name, _ in headers):
        headers.append(("ETag", etag(view.version)))
    return Answer(status, _bytes(plan, view), tuple(headers))


def streamed(frames: AsyncIterator[bytes]) -> Answer:
    """Return the answer that goes on with *frames*, which no proxy may keep, join or shorten."""
    headers = (
        ("Content-Type", EVENTS),
        ("Cache-Control", "no-cache, no-transform"),
        ("X-Accel-Buffering", "no"),
    )
    return Answer(200, b"", headers, frames)


def _bytes(plan: Plan, view: BaseModel) -> bytes:
    if plan.give is None:
        return view.model_dump_json(by_alias=True).encode()
    declared = plan.view.__pydantic_generic_metadata__["origin"] or plan.view
    if not isinstance(view, declared):
        raise TypeError(f"{plan.name} returned a {type(view).__name__}, not {plan.view.__name__}")
    return plan.give.dump_json(view, by_alias=True, warnings="error")


def _own(reply: Reply | None) -> tuple[tuple[str, str], ...]:
    if reply is None:
        return ()
    cookies = (("Set-Cookie", cookie.header()) for cookie in reply.cookies)
    return (*reply.headers.items(), *cookies)
