"""JSON without surprises: what two parsers could read differently is refused (RFC 7493, I-JSON)."""

import json
import math
import re
from typing import Any, NoReturn

from foundation.errors import BadRequest, FieldProblem, Invalid

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
"""Beyond it JavaScript and JSON readers lose digits (RFC 7493, 2.2)."""

_MARKS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class BadJson(BadRequest):
    """400: the body is no JSON that everybody would read alike."""

    code, title = "bad_json", "The body is not valid JSON"


def check_json(body: bytes) -> Any:  # any JSON value
    """Return the value of *body*, having refused all that is ambiguous in it.

    Refused are: other encodings than UTF-8, a byte order mark, more than `MAX_DEPTH` levels, a
    name twice in one object, NaN and the infinities, integers beyond `MAX_INTEGER`, lone
    surrogates (`BadJson`), and NUL in a text (`Invalid`, naming the field), which PostgreSQL
    cannot hold.
    """
    if body.startswith(b"\xef\xbb\xbf"):
        raise BadJson("it starts with a byte order mark")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadJson("it is not UTF-8") from None
    if _depth(body) > MAX_DEPTH:
        raise BadJson(f"it is nested deeper than {MAX_DEPTH} levels")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as wrong:
        raise BadJson(f"line {wrong.lineno}, column {wrong.colno}: {wrong.msg}") from None
    lowered = body.lower()
    if b"\\ud" in lowered:
        _refuse_surrogates(value)
    if b"\\u0000" in lowered:
        _refuse_nul(value, "")
    return value


def pointer(*steps: str | int) -> str:
    """Return the JSON pointer of *steps* (RFC 6901); a foreign name is cut at 100 characters."""
    return "".join("/" + str(step)[:100].replace("~", "~0").replace("/", "~1") for step in steps)


def _depth(body: bytes) -> int:
    """Return how deep *body* nests; counting brackets is enough for nearly all of them."""
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for mark in _MARKS.finditer(body):
        if mark[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark[0] in b"]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # members of any JSON object
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadJson(f"the name {_first_twice(pairs)[:100]!r} stands twice in one object")
    return members


def _first_twice(pairs: list[tuple[str, Any]]) -> str:  # members of any JSON object
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise BadJson("an integer is beyond 2^53-1; send it as text")
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadJson("a number is too large")
    return number


def _constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is no JSON")


def _refuse_surrogates(value: Any) -> None:  # any JSON value
    if not _is_text(json.dumps(value, ensure_ascii=False)):
        raise BadJson("a text holds half of a surrogate pair")


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_nul(value: Any, where: str) -> None:  # any JSON value
    if isinstance(value, str) and "\0" in value:
        raise Invalid(errors=(FieldProblem(where, "A text may not hold NUL", "nul"),))
    if isinstance(value, dict):
        for name, item in value.items():
            _refuse_nul(name, where + pointer(name.replace("\0", "")))
            _refuse_nul(item, where + pointer(name.replace("\0", "")))
    if isinstance(value, list):
        for position, item in enumerate(value):
            _refuse_nul(item, where + pointer(position))
