"""How an event's detail is kept: each field as it is marked, within limits, in plain JSON."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_json

from foundation.audit.events import Commit, Detail, Drop, Keyed, Mask
from foundation.secret import Secret
from foundation.telemetry.live import hidden

MAX_TEXT = 1_000
MAX_ITEMS = 50
MAX_DETAIL = 32_768
MAX_INTEGER = 2**53 - 1
CUT = "…[cut]"


def kept(detail: Detail, *, key: bytes = b"") -> dict[str, Any]:  # JSON
    """Return *detail* as it is stored; *key* is that of the fields marked `Keyed`.

    A field of type `Secret` or bytes, or marked `Drop`, leaves only "set" or "empty"; `Mask`
    leaves its last characters; `Keyed` and `Commit` leave a hash. Texts are cut at 1,000
    characters and lists at 50 items, and say so. Raises `ValueError` for a float, a type
    that JSON has no form for, and over 32 KB.
    """
    stored = _fields(detail, key)
    if len(to_json(stored)) > MAX_DETAIL:
        raise ValueError(f"the detail is over {MAX_DETAIL} bytes: say less, or say it in parts")
    return stored


def text(value: str, *, limit: int = MAX_TEXT) -> str:
    """Return *value* as jsonb can hold it: no NUL, no lone surrogate, not over *limit*."""
    clean = hidden(value).replace("\0", "\ufffd").encode("utf-16", "surrogatepass")
    whole = clean.decode("utf-16", "replace")
    return whole if len(whole) <= limit else whole[:limit] + CUT


def commits_to(stored: str, value: object) -> bool:
    """Tell whether *stored*, kept of a field marked `Commit`, was made from *value*."""
    _, salt, _ = stored.split(":")
    return hmac.compare_digest(stored, _committed(value, bytes.fromhex(salt)))


def _fields(model: BaseModel, key: bytes) -> dict[str, Any]:  # JSON
    fields = type(model).model_fields
    return {name: _field(getattr(model, name), field, key) for name, field in fields.items()}


def _field(value: object, field: FieldInfo, key: bytes) -> Any:  # JSON
    for mark in field.metadata:
        if mark is Drop or isinstance(mark, Drop):
            return "set" if value else "empty"
        if mark is Mask or isinstance(mark, Mask):
            return _masked(str(value), mark.keep if isinstance(mark, Mask) else Mask().keep)
        if mark is Keyed or isinstance(mark, Keyed):
            words = _bytes_of(value)
            return "keyed:" + hmac.digest(key, words, hashlib.sha256)[:16].hex()
        if mark is Commit or isinstance(mark, Commit):
            return _committed(value, os.urandom(16))
    return _plain(value, key)


def _bytes_of(value: object) -> bytes:
    if isinstance(value, Secret):
        return value.reveal().encode()
    return value if isinstance(value, bytes) else str(value).encode()


def _committed(value: object, salt: bytes) -> str:
    return f"commit:{salt.hex()}:{hashlib.sha256(salt + _bytes_of(value)).hexdigest()}"


def _masked(value: str, keep: int) -> str:
    """Return the last *keep* characters, but never more than half of what there is."""
    shown = min(keep, len(value) // 2)
    return "…" + text(value[-shown:]) if shown else "…"


def _plain(value: object, key: bytes) -> Any:  # noqa: C901, PLR0911  # JSON; one line for each kind of value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Secret | bytes):
        return "set" if value else "empty"
    if isinstance(value, Enum):
        return _plain(value.value, key)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, int):
        return value if abs(value) <= MAX_INTEGER else str(value)
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return _fields(value, key)
    if isinstance(value, Mapping):
        return {text(str(name)): _plain(item, key) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else list(value)
        cut = [CUT] if len(items) > MAX_ITEMS else []
        return [_plain(item, key) for item in items[:MAX_ITEMS]] + cut
    raise ValueError(f"an event's detail cannot hold a {type(value).__name__}")
