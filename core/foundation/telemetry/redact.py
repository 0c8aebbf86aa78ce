"""Redaction: what may not reach a log, known by its key, by its type, or by its looks.

The value of a configured secret is known too, and is taken out wherever it turns up.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from foundation.secret import MASK, Secret

_SECRET_WORDS = frozenset({
    "apikey", "authorization", "bearer", "cookie", "cookies", "dsn", "jwt", "keyring", "nonce",
    "passphrase", "passwd", "password", "pkce", "pwd", "secret", "secrets", "token", "tokens",
    "verifier",
})  # fmt: skip
_SECRET_KEYS = frozenset({"api", "encryption", "private", "signing", "wrap"})
_HARMLESS_ENDS = frozenset({
    "at", "count", "file", "id", "ids", "kind", "name", "set", "size", "type", "url", "version",
})  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_SUSPECT = re.compile(r"://|[=:]|eyJ|-----BEGIN|earer |asic ")
"""Nothing below matches a text without one of these, and most texts have none."""

_LOOKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-----BEGIN [A-Z ]*KEY-----.*?(-----END [A-Z ]*KEY-----|\Z)", re.DOTALL), MASK),
    (re.compile(r"\beyJ[\w-]{4,}\.[\w-]+\.?[\w-]*"), MASK),  # a JWT, RFC 7519
    (re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s/@'\"?#]+@", re.IGNORECASE), rf"\1{MASK}@"),
    (re.compile(r"(https?://[^\s'\"?#<>]+)\?[^\s'\"#<>)]+"), rf"\1?{MASK}"),
    (re.compile(r"\b(bearer|basic)\s+[\w+/.~=-]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    (
        re.compile(
            r"(?i)\b([\w-]*(?:password|passwd|secret|token|verifier|api[_-]?key|_session)"
            r"['\"]?\s*[=:]\s*)(?:'[^']*'|\"[^\"]*\"|[^\s,;&'\"})\]]+)"
        ),
        rf"\1{MASK}",
    ),
    (re.compile(r"(Key \([^)]*\)=\().*?(\) (?:already|is|conflicts))", re.DOTALL), rf"\1{MASK}\2"),
    (re.compile(r"\[parameters: .*", re.DOTALL), f"[parameters: {MASK}]"),  # SQLAlchemy's own
)


@lru_cache(maxsize=1024)  # the same few names stand in every line
def is_secret_key(key: str) -> bool:
    """Tell whether *key* names a secret: ``client_secret`` does, ``secret_id`` does not."""
    words = [word.lower() for word in _WORD.findall(key)]
    if not words or (words[-1] in _HARMLESS_ENDS and len(words) > 1):
        return False
    if words[-1] == "key" and not _SECRET_KEYS.isdisjoint(words):
        return True
    return not _SECRET_WORDS.isdisjoint(words)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Takes secrets out of values before they are written.

    *known* are the texts of configured secrets; one under 6 characters would match by chance
    and is left out. *deep* is how far nested values are looked into, *longest* the characters
    kept of one text.
    """

    known: tuple[str, ...] = ()
    deep: int = 6
    longest: int = 8_192

    @classmethod
    def knowing(cls, secrets: Iterable[Secret]) -> "Redactor":
        """Make one that knows the values of *secrets*; of a URL, its password."""
        texts: set[str] = set()
        for secret in secrets:
            for part in secret.reveal().split():
                password = re.search(r"://[^:@/]*:([^@]+)@", part)
                texts.add(password[1] if password else part)
        return cls(tuple(sorted((text for text in texts if len(text) >= 6), key=len, reverse=True)))

    def text(self, value: str) -> str:
        """Return *value* without what looks like a secret, cut when it is long."""
        if len(value) > self.longest:
            value = value[: self.longest] + f"... [{len(value)} characters]"
        for known in self.known:
            if known in value:
                value = value.replace(known, MASK)
        if _SUSPECT.search(value):
            for looks, replacement in _LOOKS:
                value = looks.sub(replacement, value)
        return value

    def mapping(self, values: Mapping[Any, Any], deep: int | None = None) -> dict[str, Any]:
        """Return a copy of *values* with text keys, where secrets are stars."""
        left = self.deep if deep is None else deep
        clean = {}
        for key, value in values.items():
            name = key if isinstance(key, str) else _shown(key)
            kind = type(value)  # nearly always one of these: a line has many values
            if value is None or kind is bool:
                clean[name] = value
            elif is_secret_key(name):
                clean[name] = MASK
            elif kind is str:
                clean[name] = self.text(value)
            else:
                clean[name] = value if kind is int else self.value(value, left)
        return clean

    def value(self, value: Any, deep: int | None = None) -> Any:
        """Return *value* as something JSON can hold, where secrets are stars."""
        if isinstance(value, float):
            return value if math.isfinite(value) else str(value)
        if value is None or isinstance(value, int):  # a bool is one
            return value
        if isinstance(value, str):
            return self.text(value)
        return self._nested(value, self.deep if deep is None else deep)

    def _nested(self, value: Any, left: int) -> Any:
        if isinstance(value, Secret):
            return MASK
        if left <= 0:
            return "..."
        if isinstance(value, Mapping):
            return self.mapping(value, left - 1)
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item, left - 1) for item in list(value)[:100]]
        return self.text(_shown(value))


def _shown(value: object) -> str:
    """Return a text for any object, even for one whose own methods fail."""
    try:
        if isinstance(value, bytes | bytearray | memoryview):
            return f"<{len(value)} bytes>"
        return str(value)
    except Exception:  # noqa: BLE001  # a log call never raises, whatever it is given
        return f"<{type(value).__name__}>"
