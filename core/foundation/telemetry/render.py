"""Rendering: one JSON object a line from any values, without ever raising."""

import json
import os
import re
import socket
import time
import traceback
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal

import orjson

from foundation.telemetry.line import line
from foundation.telemetry.live import LiveValues
from foundation.telemetry.redact import Redactor

LONGEST = 12_288
"""Bytes a line may have; container log drivers split at 16 KiB."""

_NUMBERS = {"debug": 20, "info": 30, "warning": 40, "error": 50, "critical": 60}
_FROM_LINE = ("request_id", "trace_id", "user_id", "plugin")
# DEL and C1 steer terminals; bidi controls, line separators and zero-width marks hide text.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

Failure = BaseException | tuple[type[BaseException], BaseException, TracebackType | None]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes the bytes of a line; *fixed* are the fields that every line of a process has."""

    redactor: Redactor = field(default_factory=Redactor)
    levels: Literal["word", "number"] = "word"
    fixed: Mapping[str, Any] = field(default_factory=dict)  # plain JSON values
    live: LiveValues = field(default_factory=LiveValues)

    def __call__(
        self,
        logger: object,
        method: str,
        event: MutableMapping[str, Any],  # structlog's own
    ) -> bytes:
        """Render as structlog's last processor; *event* holds the message and the bound values."""
        del logger
        values = dict(event)
        return self.render(method, values.pop("event", ""), values)

    def render(self, level: str, message: object, values: Mapping[str, Any]) -> bytes:
        """Return the line as bytes, with its newline and at most `LONGEST` long."""
        try:
            return self.live.clean(self._fitted(level, message, values))
        except Exception as fault:  # noqa: BLE001  # a log call never raises
            plain = {"level": level, "time": _now(), "msg": "a log line could not be written"}
            return _bytes({**plain, "fault": type(fault).__name__})

    def _fitted(self, level: str, message: object, values: Mapping[str, Any]) -> bytes:
        fields = self._fields(level, message, values)
        whole = _bytes(fields)
        if len(whole) <= LONGEST:
            return whole
        for characters in (2_000, 400, 60):
            cut = {name: _cut(value, characters) for name, value in fields.items()}
            whole = _bytes({**cut, "cut": True})
            if len(whole) <= LONGEST:
                return whole
        kept = {name: fields[name] for name in ("level", "time", *self.fixed)}
        return _bytes({**kept, "msg": _cut(fields["msg"], 400), "cut": True})

    def _fields(self, level: str, message: object, values: Mapping[str, Any]) -> dict[str, Any]:
        word = {"warn": "warning", "exception": "error", "fatal": "critical"}.get(level, level)
        fields: dict[str, Any] = {
            "level": _NUMBERS.get(word, 30) if self.levels == "number" else word,
            "time": _now(),
            **self.fixed,
            "msg": self.redactor.value(message),
        }
        request = line()
        for name in _FROM_LINE:
            if name in request:
                fields[name] = request[name]
        given = dict(values)
        failure = given.pop("exc_info", None)
        for name, value in self.redactor.mapping(given).items():
            # A caller's "level" or "pid" must not pass for the line's own.
            fields[f"{name}_" if name in fields and name not in _FROM_LINE else name] = value
        if failure:
            fields["exception"] = self.redactor.text(_traceback(failure))
        return fields


def fixed_fields(*, slot: int | None, environment: str, version: str) -> dict[str, Any]:
    """Return what every line of this process says of where it comes from."""
    fields: dict[str, Any] = {"pid": os.getpid(), "hostname": socket.gethostname()}
    if slot is not None:
        fields["slot"] = slot
    return {**fields, "service": "foundation", "env": environment, "version": version}


def _now() -> int:
    return time.time_ns() // 1_000_000  # a stamp of when it was written, not the product's time


def _cut(value: Any, characters: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= characters else value[:characters] + "..."
    if isinstance(value, dict | list):
        return _cut(json.dumps(value, default=str), characters)
    return value


def _traceback(failure: Failure | bool | None) -> str:  # noqa: FBT001  # structlog's exc_info=True
    """Return the traceback without the frames' locals; the end of it when it is long."""
    if isinstance(failure, tuple):
        failure = failure[1]
    if not isinstance(failure, BaseException):
        return traceback.format_exc()[-8_000:]
    return "".join(traceback.format_exception(failure))[-8_000:]


def _bytes(fields: Mapping[str, Any]) -> bytes:
    try:
        encoded = orjson.dumps(fields)
    except (TypeError, ValueError):  # integers over 64 bits, lone surrogates
        encoded = json.dumps(fields, separators=(",", ":"), default=str).encode("ascii")
    if not encoded.isascii() or b"\x7f" in encoded:
        text = encoded.decode("utf-8")
        encoded = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8")
    return encoded + b"\n"
