"""Versions on the wire: ``ETag`` tells which one was read, ``If-Match`` which one to change."""

import re

from pydantic import BaseModel

from foundation.errors import BadRequest, PreconditionFailed, PreconditionMissing
from foundation.http.router import IfMatch

_VERSION = re.compile(r'^(?:W/)?"(\d{1,18})"$')


def etag(version: int) -> str:
    """Return the entity tag of *version* (RFC 9110, 8.8.3)."""
    return f'"{version}"'


def parse_if_match(value: str | None) -> IfMatch:
    """Read ``If-Match``.

    Raises `PreconditionMissing` without one and `BadRequest` for anything but one tag of ours.
    A weak tag counts: a proxy that compresses makes it weak, and versions do not depend on bytes.
    ``*`` does not: it would change whatever is there, which is what the header is to prevent.
    """
    if value is None:
        raise PreconditionMissing
    match = _VERSION.match(value)
    if match is None:
        raise BadRequest('send If-Match with one tag as you got it, such as "3"', header="If-Match")
    return IfMatch(int(match[1]))


def check_version(version: int, expected: IfMatch, view: BaseModel | None = None) -> None:
    """Raise `PreconditionFailed` unless *version*, the present one, is the *expected* one.

    The problem carries both versions and, as ``current``, the thing as it is now, so that a
    person can compare and decide. *view* must be what the caller may read anyway.
    """
    if version == expected:
        return
    raise PreconditionFailed(
        f"you looked at version {expected}, it is version {version} now",
        headers={"ETag": etag(version)},
        expected=expected,
        version=version,
        current=None if view is None else view.model_dump(mode="json"),
    )


def is_unchanged(tag: str | None, if_none_match: str | None) -> bool:
    """Tell whether the caller already holds what *tag* names (RFC 9110, 13.1.2, weakly)."""
    if tag is None or if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    held = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag.removeprefix("W/") in held
