"""From text to types: bodies, query strings, parts of a path, cookies and credentials."""

import re
from collections.abc import Mapping
from email.message import Message
from typing import Any, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from pydantic import BaseModel, TypeAdapter, ValidationError

from foundation.errors import (
    BadRequest,
    FieldProblem,
    Invalid,
    NotFound,
    TooLarge,
    Unauthenticated,
    UnsupportedMedia,
)
from foundation.http.exchange import Headers, Incoming
from foundation.http.strict_json import check_json, pointer

M = TypeVar("M", bound=BaseModel)

MAX_QUERY = 8_192
MAX_PAIRS = 100
FORM = "application/x-www-form-urlencoded"

_UUID = re.compile(r"^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
_BEARER = re.compile(r"^[Bb]earer +([A-Za-z0-9._~+/=-]{1,512})$")


async def read_body(incoming: Incoming, limit: int, *, media: str = "application/json") -> bytes:
    """Return the bytes of the body, or none.

    Raises `TooLarge` over *limit* (before reading, where the length is told) and
    `UnsupportedMedia` for a body that is not *media* in UTF-8.
    """
    length = incoming.headers.one("content-length")
    if length is not None and length.isdecimal() and int(length[:18]) > limit:
        raise TooLarge(f"at most {limit} bytes are read here", limit=limit)
    if length == "0":
        return b""
    body = await incoming.body(limit)
    if len(body) > limit:
        raise TooLarge(f"at most {limit} bytes are read here", limit=limit)
    if body:
        _check_media(incoming.headers, media)
    return body


def parse_body(body: bytes, model: type[M]) -> M:
    """Return *body* as *model*; raises `BadJson`, or `Invalid` with every bad field."""
    if not body:
        raise Invalid(errors=(FieldProblem("", "A JSON body is required", "missing"),))
    check_json(body)
    try:
        return model.model_validate_json(body)
    except ValidationError as refused:
        raise Invalid(errors=body_problems(refused)) from None


def refuse_fields(body: bytes) -> None:
    """Raise `Invalid` if there are fields in the *body* of a route that takes none."""
    if not body:
        return
    value = check_json(body)
    if not isinstance(value, dict):
        raise Invalid(errors=(FieldProblem("", "Input should be an object", "model_type"),))
    if value:
        raise Invalid(
            errors=tuple(
                FieldProblem(pointer(name), "There is no such field", "extra_forbidden")
                for name in value
            )
        )


def parse_query(query: bytes, model: type[M]) -> M:
    """Return the query string as *model*.

    Raises `BadRequest` for text that is not UTF-8 and for a name given twice (which of the two
    counts would be a guess), and `Invalid` for names it does not know and values it refuses.
    """
    values = pairs(query, where="query")
    try:
        return model.model_validate(values)
    except ValidationError as refused:
        raise Invalid(errors=_problems(refused, "query:")) from None


def parse_form(body: bytes, model: type[M]) -> M:
    """Return a body of ``application/x-www-form-urlencoded`` as *model*, like a query string."""
    values = pairs(body, where="form", limit=len(body))
    try:
        return model.model_validate(values, strict=False)
    except ValidationError as refused:
        raise Invalid(errors=body_problems(refused)) from None


def pairs(text: bytes, *, where: str, limit: int = MAX_QUERY) -> dict[str, str]:
    """Return the names and values of *text*, each name once; *where* is for the message."""
    if len(text) > limit:
        raise BadRequest(f"the {where} is longer than {limit} bytes")
    try:
        found = parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=False,
            errors="strict",
            max_num_fields=MAX_PAIRS,
        )
    except ValueError:
        raise BadRequest(f"the {where} cannot be read") from None
    values: dict[str, str] = {}
    for name, value in found:
        if name in values:
            raise BadRequest(f"{name[:100]} stands twice in the {where}")
        if "\0" in name or "\0" in value:
            bad = FieldProblem(f"{where}:{name[:100]}", "A text may not hold NUL", "nul")
            raise Invalid(errors=(bad,))
        values[name] = value
    return values


def parse_path(path: Mapping[str, str], adapters: Mapping[str, TypeAdapter[Any]]) -> dict[str, Any]:
    """Return the parts of the path as the types a handler names.

    Raises `NotFound` for one that does not fit: nothing lives at such a path.
    """
    values: dict[str, Any] = {}  # as the handler's annotations say
    for name, adapter in adapters.items():
        text = path[name]
        if "\0" in text:
            raise NotFound
        try:
            values[name] = adapter.validate_strings(text)
        except ValidationError:
            raise NotFound from None
        if isinstance(values[name], UUID) and not _UUID.match(text):
            raise NotFound  # one thing has one address: no braces, no urn:, no missing dashes
    return values


def parse_cookies(headers: Headers) -> dict[str, str]:
    """Return the cookies (RFC 6265, 5.4).

    A name that stands twice is left out: one of the two was planted, and nobody can tell which.
    """
    cookies: dict[str, str] = {}
    twice: set[str] = set()
    for line in headers.all("cookie"):
        for part in line.split(";"):
            name, equals, value = part.strip().partition("=")
            if not equals or not name:
                continue
            if name in cookies:
                twice.add(name)
            cookies[name] = value
    return {name: value for name, value in cookies.items() if name not in twice}


def parse_bearer(headers: Headers) -> str | None:
    """Return the bearer token, or None without ``Authorization``.

    Raises `Unauthenticated` for any other scheme and for two of them (RFC 6750).
    """
    values = headers.all("authorization")
    if not values:
        return None
    match = _BEARER.match(values[0].strip())
    if len(values) > 1 or match is None:
        raise Unauthenticated(
            "Authorization must be one bearer token", headers={"WWW-Authenticate": "Bearer"}
        )
    return match[1]


def body_problems(refused: ValidationError) -> tuple[FieldProblem, ...]:
    """Return each bad field by its JSON pointer; never a value, which may be a secret."""
    return _problems(refused, "")


def _problems(refused: ValidationError, prefix: str) -> tuple[FieldProblem, ...]:
    found = []
    for error in refused.errors(include_url=False, include_input=False, include_context=False):
        where = pointer(*error["loc"])
        if prefix:
            where = prefix + where.removeprefix("/")
        found.append(FieldProblem(where, error["msg"].removeprefix("Value error, "), error["type"]))
    return tuple(found)


def _check_media(headers: Headers, media: str) -> None:
    """Raise `UnsupportedMedia` unless the type is *media*, in UTF-8 if it names a charset."""
    message = Message()
    message["content-type"] = headers.one("content-type") or "text/plain"
    charset = message.get_param("charset")
    if message.get_content_type() != media or charset not in {None, "utf-8", "UTF-8"}:
        raise UnsupportedMedia(f"send {media} in UTF-8", headers={"Accept": media})
    if headers.one("content-encoding") not in {None, "identity"}:
        raise UnsupportedMedia("send the body without compression")
