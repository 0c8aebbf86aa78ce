"""Problem documents: what a refusal looks like on the wire (RFC 9457)."""

from typing import Any

from pydantic_core import to_json

from foundation.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    FoundationError,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    UnsupportedMedia,
)
from foundation.http.exchange import Answer

PROBLEM = "application/problem+json; charset=utf-8"
TYPE = "urn:foundation:problem:"
"""Each problem's ``type`` is this and its code; docs/reference/http.md lists them."""

MAX_ERRORS = 100
MEMBERS = frozenset({"type", "title", "status", "detail", "code", "request_id", "errors"})


class TooSlow(FoundationError):
    """408: the body did not arrive in time."""

    status, code, title = 408, "too_slow", "The request took too long to arrive"


class HeadersTooLarge(FoundationError):
    """431: the headers are over the limit."""

    status, code, title = 431, "headers_too_large", "The headers are too large"


BY_STATUS: dict[int, type[FoundationError]] = {
    case.status: case
    for case in (
        BadRequest,
        Unauthenticated,
        Forbidden,
        NotFound,
        NotAllowed,
        TooSlow,
        Conflict,
        PreconditionFailed,
        TooLarge,
        UnsupportedMedia,
        TooMany,
        HeadersTooLarge,
        Unavailable,
    )
}


def problem(error: FoundationError, request_id: str) -> Answer:
    """Return the answer that tells a caller what was refused, and what to quote when asking."""
    document: dict[str, Any] = {  # JSON of the error's own details, which never hold a secret
        "type": TYPE + error.code,
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "request_id": request_id,
    }
    if error.detail:
        document["detail"] = error.detail
    if error.errors:
        document["errors"] = [
            {"pointer": bad.pointer, "detail": bad.detail, "code": bad.code}
            for bad in error.errors[:MAX_ERRORS]
        ]
    document |= {
        name: value
        for name, value in error.extra.items()
        if name not in MEMBERS and value is not None
    }
    headers = (("Content-Type", PROBLEM), *error.headers.items())
    return Answer(error.status, to_json(_clean(document), fallback=str), headers)


def unexpected(request_id: str) -> Answer:
    """Return the answer to a fault of ours: the id leads to the log, nothing else leaves."""
    return problem(FoundationError("quote the request id when you report this"), request_id)


def from_status(status: int, *, detail: str = "", allow: str = "") -> FoundationError:
    """Return the error for a status the web framework chose, such as 404 or 405."""
    case = BY_STATUS.get(status, BadRequest if 400 <= status < 500 else FoundationError)
    return case(detail, headers={"Allow": allow} if allow else None)


def _clean(value: Any) -> Any:  # JSON in, JSON out
    """Replace lone surrogates, which no UTF-8 text can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
