"""Canonical JSON (RFC 8785) of what the trail holds: no floats, so the standard library will do."""

import json
from typing import Any

_HAVE_ONE = (str, int, bool, type(None))
_SHORT = (",", ":")
_BY_KEY = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=_SHORT)
_AS_IS = json.JSONEncoder(ensure_ascii=False, separators=_SHORT)


def canonical(value: Any) -> bytes:  # JSON without floats
    """Return the one spelling of *value*; raises `ValueError` for a float, which has several."""
    _refuse_floats(value)
    text = _write(value, by_key=True)
    # Keys go by UTF-16: that differs from the order of code points beyond the first plane only.
    if not text.isascii() and max(text) > "\uffff":
        text = _write(_ordered(value), by_key=False)
    return text.encode()


def _write(value: Any, *, by_key: bool) -> str:  # JSON
    return (_BY_KEY if by_key else _AS_IS).encode(value)


def _refuse_floats(value: Any) -> None:  # JSON
    if isinstance(value, float):
        raise ValueError("a float has no canonical form here")  # noqa: TRY004  # of its content
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        if type(item) not in _HAVE_ONE:
            _refuse_floats(item)


def _ordered(value: Any) -> Any:  # JSON
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(item) for item in value] if isinstance(value, list) else value
