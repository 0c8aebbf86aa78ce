"""Errors named by the case; each knows the HTTP status a caller meets.

    FoundationError
    ├── BadRequest          400  the request cannot be read at all
    ├── Unauthenticated     401  sign in first
    ├── Forbidden           403  signed in, but not allowed
    ├── NotFound            404  absent, or not yours: the same answer
    ├── NotAllowed          405  the path exists, the method does not
    ├── Conflict            409  the state of things forbids it
    ├── Gone                410  it was here, and its values are destroyed
    ├── PreconditionFailed  412  somebody changed it since you looked
    ├── TooLarge            413  the body is over the limit
    ├── UnsupportedMedia    415  not JSON
    ├── Invalid             422  understood, but some fields are wrong
    ├── PreconditionMissing 428  an update needs If-Match
    ├── TooMany             429  slow down
    └── Unavailable         503  a part is away; try again

A status lives on the class, never at the place that raises (RFC 9457 carries it to the caller).
Keyword details become members of the problem document, so they must never hold a secret.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One bad field: a JSON pointer (RFC 6901) or ``query:name``, and what is wrong with it."""

    pointer: str
    detail: str
    code: str = "invalid"


class FoundationError(Exception):
    """Anything Foundation refuses on purpose; what is not one of these is a fault of ours."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str = "",
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extra = extra


class BadRequest(FoundationError):
    status, code, title = 400, "bad_request", "The request cannot be read"


class Unauthenticated(FoundationError):
    status, code, title = 401, "unauthenticated", "Sign in first"


class StepUpRequired(Unauthenticated):
    code, title = "step_up_required", "Sign in again to do this"


class Forbidden(FoundationError):
    status, code, title = 403, "forbidden", "You may not do this"


class NotFound(FoundationError):
    status, code, title = 404, "not_found", "There is nothing here"


class NotAllowed(FoundationError):
    status, code, title = 405, "method_not_allowed", "This method is not offered here"


class Conflict(FoundationError):
    status, code, title = 409, "conflict", "The present state does not allow this"


class Gone(FoundationError):
    status, code, title = 410, "gone", "This is gone"


class PreconditionFailed(FoundationError):
    status, code, title = 412, "version_changed", "Somebody changed this since you looked"


class TooLarge(FoundationError):
    status, code, title = 413, "too_large", "The body is too large"


class UnsupportedMedia(FoundationError):
    status, code, title = 415, "unsupported_media_type", "Send JSON"


class Invalid(FoundationError):
    status, code, title = 422, "invalid", "Some fields are not right"


class PreconditionMissing(FoundationError):
    status, code, title = 428, "if_match_required", "Send If-Match with the version you looked at"


class TooMany(FoundationError):
    status, code, title = 429, "too_many", "Too many requests"


class Unavailable(FoundationError):
    status, code, title = 503, "unavailable", "A part of Foundation is away; try again"
